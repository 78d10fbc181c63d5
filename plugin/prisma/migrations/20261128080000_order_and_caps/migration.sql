-- So long after the last one declined or let it lapse, all may be asked again, though others were not asked yet.
ALTER TABLE "queues" ADD COLUMN "ask_again_after_seconds" INTEGER NOT NULL DEFAULT 60;

-- In the order, what comes from another queue counts since its first arrival.
ALTER TABLE "queues" ADD COLUMN "keeps_place" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "interactions" ADD COLUMN "arrived_at" TIMESTAMPTZ(3);

-- How many one agent may have at once: of a queue, and as a member of a team.
ALTER TABLE "queues" ADD COLUMN "max_per_agent" INTEGER;
ALTER TABLE "teams" ADD COLUMN "max_at_once" INTEGER;

-- When a presence was last chosen, the same one again included.
ALTER TABLE "agents" ADD COLUMN "presence_set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE "agents" SET "presence_set_at" = "presence_since";
