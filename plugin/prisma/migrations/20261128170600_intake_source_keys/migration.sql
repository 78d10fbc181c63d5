-- A secret is changed without an outage: the one before is good for a while yet. And whoever looks after a source sees
-- whether it still calls, and why it was refused.
ALTER TABLE "intake_sources"
  ADD COLUMN "old_secret" TEXT,
  ADD COLUMN "old_secret_until" TIMESTAMPTZ(3),
  ADD COLUMN "old_secret_seen_at" TIMESTAMPTZ(3),
  ADD COLUMN "last_seen_at" TIMESTAMPTZ(3),
  ADD COLUMN "refusals" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "last_refused_at" TIMESTAMPTZ(3),
  ADD COLUMN "last_refusal" TEXT;
