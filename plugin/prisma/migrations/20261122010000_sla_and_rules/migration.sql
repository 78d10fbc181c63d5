-- SLA policies, calendars and rules are written whole, one row a version; a row of a version never changes.

ALTER TYPE "SlaMilestoneKind" ADD VALUE 'NEXT_RESPONSE';
ALTER TYPE "SlaMilestoneKind" ADD VALUE 'PERIODIC_UPDATE';
ALTER TYPE "SlaMilestoneKind" ADD VALUE 'RESOLUTION';
ALTER TYPE "ActorKind" ADD VALUE 'RULE';

CREATE TABLE "business_calendars" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "business_calendars_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "business_calendars_name_key" ON "business_calendars"("name");

CREATE TABLE "business_calendar_versions" (
    "calendar_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,

    CONSTRAINT "business_calendar_versions_pkey" PRIMARY KEY ("calendar_id", "version")
);
ALTER TABLE "business_calendar_versions" ADD CONSTRAINT "business_calendar_versions_calendar_id_fkey"
  FOREIGN KEY ("calendar_id") REFERENCES "business_calendars"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "customers" ADD COLUMN "calendar_id" UUID;
ALTER TABLE "customers" ADD CONSTRAINT "customers_calendar_id_fkey"
  FOREIGN KEY ("calendar_id") REFERENCES "business_calendars"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "sla_policy_versions" (
    "policy_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,

    CONSTRAINT "sla_policy_versions_pkey" PRIMARY KEY ("policy_id", "version")
);
ALTER TABLE "sla_policy_versions" ADD CONSTRAINT "sla_policy_versions_policy_id_fkey"
  FOREIGN KEY ("policy_id") REFERENCES "sla_policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "sla_policy_versions" ("policy_id", "version", "definition")
SELECT "policy_id", "version", jsonb_build_object('calendarId', NULL, 'milestones', jsonb_agg(jsonb_build_object(
    'kind', "kind", 'targetSeconds', "target_seconds", 'targets', '[]'::jsonb,
    'warnings', jsonb_build_array(jsonb_build_object('percent', "warn_at_percent", 'secondsBefore', NULL)),
    'pausedIn', '[]'::jsonb, 'reopening', 'RESTART', 'escalation', '[]'::jsonb
  ) ORDER BY "kind"))
FROM "sla_milestones" GROUP BY "policy_id", "version";
DROP TABLE "sla_milestones";

-- Set by a rule or a person; without it the queue's policy counts.
ALTER TABLE "interactions" ADD COLUMN "sla_policy_id" UUID;
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_sla_policy_id_fkey"
  FOREIGN KEY ("sla_policy_id") REFERENCES "sla_policies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A clock counts business time: `used_ms` before `running_since`, and what the calendar says since then. `fires` holds
-- when each of its steps is due (warnings, breach, rungs of the ladder), worked out whenever it begins to run, so that
-- the sweep needs no calendar.
ALTER TABLE "sla_clocks"
  ALTER COLUMN "due_at" DROP NOT NULL,
  ADD COLUMN "matched" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "used_ms" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "running_since" TIMESTAMPTZ(3),
  ADD COLUMN "paused_in" "InteractionState",
  ADD COLUMN "calendar_id" UUID,
  ADD COLUMN "calendar_version" INTEGER,
  ADD COLUMN "fires" TIMESTAMPTZ(3)[] NOT NULL DEFAULT '{}',
  ADD COLUMN "warnings" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "step" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "rung" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "rung_at" TIMESTAMPTZ(3);
UPDATE "sla_clocks" SET
  "running_since" = "started_at",
  "warnings" = CASE WHEN "fire_at" < "due_at" THEN 1 ELSE 0 END,
  "fires" = CASE WHEN "fire_at" < "due_at" THEN ARRAY["fire_at", "due_at"] ELSE ARRAY["due_at"] END,
  "step" = CASE WHEN "breached_at" IS NOT NULL THEN 1 ELSE 0 END;
-- What a policy's running clocks are, for moving them to its next version.
CREATE INDEX "sla_clocks_open_policy" ON "sla_clocks"("policy_id") WHERE "state" IN ('RUNNING', 'PAUSED');

-- Automation -----------------------------------------------------------------------------------------------------------

CREATE TABLE "automation_rules" (
    "id" UUID NOT NULL,
    -- What the log of skipped rules calls it.
    "number" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "rank" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "automation_rules_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "automation_rules_number_key" ON "automation_rules"("number");
CREATE UNIQUE INDEX "automation_rules_name_key" ON "automation_rules"("name");
CREATE INDEX "automation_rules_next_at" ON "automation_rules"("next_at") WHERE "next_at" IS NOT NULL;

CREATE TABLE "automation_rule_versions" (
    "rule_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "automation_rule_versions_pkey" PRIMARY KEY ("rule_id", "version")
);
-- The log of runs outlives the rule, and so does what the rule said.

CREATE TYPE "RuleOutcome" AS ENUM ('DONE', 'FAILED', 'GUARDED', 'STOPPED');

-- One row for each time that a rule's condition held, or a rung of a ladder was reached: what makes it happen once.
CREATE TABLE "automation_runs" (
    "id" UUID NOT NULL,
    -- The rule, or the SLA policy whose ladder it is.
    "owner_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "event_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "RuleOutcome" NOT NULL,
    "reason" TEXT,
    "effects" JSONB NOT NULL,

    CONSTRAINT "automation_runs_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "automation_runs_once" ON "automation_runs"("owner_id", "event_seq", "subject_id");
CREATE INDEX "automation_runs_subject" ON "automation_runs"("subject_id", "at");
CREATE INDEX "automation_runs_owner" ON "automation_runs"("owner_id", "id");

-- What did not match, one row an event: rule numbers, their versions and the term that was false, side by side.
CREATE TABLE "automation_skips" (
    "event_seq" BIGINT NOT NULL,
    "subject_id" UUID NOT NULL,
    "event_type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "rules" INTEGER[] NOT NULL,
    "versions" INTEGER[] NOT NULL,
    "terms" SMALLINT[] NOT NULL,

    CONSTRAINT "automation_skips_pkey" PRIMARY KEY ("event_seq", "subject_id")
);
CREATE INDEX "automation_skips_subject" ON "automation_skips"("subject_id");
CREATE INDEX "automation_skips_at" ON "automation_skips"("at");

CREATE TYPE "WebhookState" AS ENUM ('PENDING', 'SENT', 'FAILED');

CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "rule_id" UUID,
    "subject_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "state" "WebhookState" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "status" INTEGER,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webhook_deliveries_pending" ON "webhook_deliveries"("id") WHERE "state" = 'PENDING';
CREATE INDEX "webhook_deliveries_subject" ON "webhook_deliveries"("subject_id");

-- To one agent, or to everybody of a role.
CREATE TABLE "notifications" (
    "id" UUID NOT NULL,
    "agent_id" UUID,
    "role" "Role",
    "text" TEXT NOT NULL,
    "interaction_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "notifications_unread_agent" ON "notifications"("agent_id") WHERE "read_at" IS NULL;
CREATE INDEX "notifications_unread_role" ON "notifications"("role") WHERE "read_at" IS NULL;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_agent_id_fkey"
  FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_interaction_id_fkey"
  FOREIGN KEY ("interaction_id") REFERENCES "interactions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TYPE "CrmKind" ADD VALUE 'AUTOMATION_RULE';
