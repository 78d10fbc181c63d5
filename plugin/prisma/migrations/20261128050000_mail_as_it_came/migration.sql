CREATE TYPE "MailKind" AS ENUM ('NORMAL', 'LIST', 'GENERATED', 'AUTO_REPLY', 'BOUNCE', 'OWN_LOOP');
CREATE TYPE "UndeliveredPolicy" AS ENUM ('COME_BACK', 'STAY');

-- Who really wrote a mail, and what kind of mail it is.
ALTER TABLE "messages"
  ADD COLUMN "from_name" TEXT,
  ADD COLUMN "reply_to" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "mail_kind" "MailKind",
  ADD COLUMN "auto_reply_forbidden" BOOLEAN NOT NULL DEFAULT false;

-- What was sent to an address: for the bound on automatic answers, and for bounces that only name the address.
CREATE INDEX "messages_sent_to" ON "messages" (("to_addresses"[1]), "created_at") WHERE "direction" = 'OUTBOUND' AND NOT "internal";

-- Each mail as it came, gzipped. It goes with its message.
CREATE TABLE "mail_originals" (
    "message_id" UUID NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "mail_originals_pkey" PRIMARY KEY ("message_id"),
    CONSTRAINT "mail_originals_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- It is compressed already.
ALTER TABLE "mail_originals" ALTER COLUMN "content" SET STORAGE EXTERNAL;

-- What becomes of work whose answer never reached the customer.
ALTER TABLE "channel_settings" ADD COLUMN "when_undelivered" "UndeliveredPolicy" NOT NULL DEFAULT 'COME_BACK';
