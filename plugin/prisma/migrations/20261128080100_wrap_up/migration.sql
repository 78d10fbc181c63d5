-- What follows a conversation: {mode, seconds, extensionSeconds, afterTransfer}, by channel, and by queue and channel.
ALTER TABLE "channel_settings" ADD COLUMN "wrap_up" JSONB NOT NULL
  DEFAULT '{"mode": "MANUAL", "seconds": 0, "extensionSeconds": 0, "afterTransfer": false}';
ALTER TABLE "queues" ADD COLUMN "wrap_up" JSONB NOT NULL DEFAULT '[]';

-- An agent's wrap-up that ends by itself, or that follows a transfer.
CREATE TABLE "wrap_ups" (
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "queue_id" UUID,
    "channel" "Channel" NOT NULL,
    "after_transfer" BOOLEAN NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "extension_seconds" INTEGER NOT NULL,
    "extended_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "wrap_ups_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "wrap_ups_interaction_id_fkey" FOREIGN KEY ("interaction_id") REFERENCES "interactions"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "wrap_ups_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX "wrap_ups_due" ON "wrap_ups" ("ends_at") WHERE "ended_at" IS NULL;
CREATE INDEX "wrap_ups_of_agent" ON "wrap_ups" ("agent_id") WHERE "ended_at" IS NULL;
CREATE INDEX "wrap_ups_of_interaction" ON "wrap_ups" ("interaction_id") WHERE "ended_at" IS NULL;
