-- The foundation: every table of the first engine.
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('ADMIN', 'SUPERVISOR', 'AGENT', 'WALLBOARD', 'INTAKE');

-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('VOICE', 'CHAT', 'EMAIL', 'SMS', 'SOCIAL', 'FAX', 'WEB_FORM', 'CASE', 'TASK');

-- CreateEnum
CREATE TYPE "Direction" AS ENUM ('INBOUND', 'OUTBOUND');

-- CreateEnum
CREATE TYPE "InteractionState" AS ENUM ('CREATED', 'QUEUED', 'OFFERED', 'ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP', 'CLOSED', 'ABANDONED');

-- CreateEnum
CREATE TYPE "OfferState" AS ENUM ('PENDING', 'ACCEPTED', 'DECLINED', 'LAPSED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "Availability" AS ENUM ('AVAILABLE', 'AWAY', 'OFFLINE');

-- CreateEnum
CREATE TYPE "RoutingStrategy" AS ENUM ('LONGEST_IDLE', 'LEAST_OCCUPIED', 'BEST_SKILL', 'ROUND_ROBIN');

-- CreateEnum
CREATE TYPE "GiveBackPolicy" AS ENUM ('KEEP', 'REQUEUE');

-- CreateEnum
CREATE TYPE "Preference" AS ENUM ('STICKY', 'DIRECT');

-- CreateEnum
CREATE TYPE "SlaMilestoneKind" AS ENUM ('TIME_TO_ACCEPT', 'FIRST_RESPONSE');

-- CreateEnum
CREATE TYPE "SlaClockState" AS ENUM ('RUNNING', 'PAUSED', 'STOPPED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "CustomerTier" AS ENUM ('STANDARD', 'VIP');

-- CreateEnum
CREATE TYPE "IdentityKind" AS ENUM ('PHONE', 'EMAIL', 'HANDLE');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('NONE', 'PENDING', 'SENT', 'FAILED');

-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('AGENT', 'CLIENT', 'ROUTER', 'TIMER', 'INTAKE');

-- CreateTable
CREATE TABLE "tokens" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "agent_id" UUID,
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "record_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("actor","key")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "skills" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "category" TEXT NOT NULL,

    CONSTRAINT "skills_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence_statuses" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "availability" "Availability" NOT NULL,
    "reasons" TEXT[],

    CONSTRAINT "presence_statuses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agents" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "team_id" UUID,
    "capacity" INTEGER NOT NULL,
    "extension" TEXT,
    "default_channels" "Channel"[],
    "active" BOOLEAN NOT NULL DEFAULT true,
    "presence_status_id" UUID NOT NULL,
    "presence_reason" TEXT,
    "presence_since" TIMESTAMPTZ(3) NOT NULL,
    "channels" "Channel"[],
    "not_responding_since" TIMESTAMPTZ(3),
    "engine_id" UUID,
    "connection_since" TIMESTAMPTZ(3),
    "idle_since" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_skills" (
    "agent_id" UUID NOT NULL,
    "skill_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,

    CONSTRAINT "agent_skills_pkey" PRIMARY KEY ("agent_id","skill_id")
);

-- CreateTable
CREATE TABLE "queues" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "strategy" "RoutingStrategy" NOT NULL,
    "relaxation" JSONB NOT NULL,
    "level_delay_seconds" INTEGER[],
    "sticky_seconds" INTEGER NOT NULL,
    "offer_timeout_seconds" INTEGER NOT NULL,
    "overflow_after_seconds" INTEGER,
    "overflow_queue_id" UUID,
    "hours" JSONB,
    "sla_policy_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "queues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_skills" (
    "queue_id" UUID NOT NULL,
    "skill_id" UUID NOT NULL,
    "min_level" INTEGER NOT NULL,
    "mandatory" BOOLEAN NOT NULL,

    CONSTRAINT "queue_skills_pkey" PRIMARY KEY ("queue_id","skill_id")
);

-- CreateTable
CREATE TABLE "queue_members" (
    "queue_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "last_offered_at" TIMESTAMPTZ(3),

    CONSTRAINT "queue_members_pkey" PRIMARY KEY ("queue_id","agent_id")
);

-- CreateTable
CREATE TABLE "channel_settings" (
    "channel" "Channel" NOT NULL,
    "weight" INTEGER NOT NULL,
    "waiting_weight" INTEGER NOT NULL,
    "interruptible" BOOLEAN NOT NULL,
    "when_agent_lost" "GiveBackPolicy" NOT NULL,

    CONSTRAINT "channel_settings_pkey" PRIMARY KEY ("channel")
);

-- CreateTable
CREATE TABLE "dispositions" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "channels" "Channel"[],
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "dispositions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sla_policies" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "sla_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sla_milestones" (
    "policy_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "SlaMilestoneKind" NOT NULL,
    "target_seconds" INTEGER NOT NULL,
    "warn_at_percent" INTEGER NOT NULL,

    CONSTRAINT "sla_milestones_pkey" PRIMARY KEY ("policy_id","version","kind")
);

-- CreateTable
CREATE TABLE "sla_clocks" (
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "queue_id" UUID NOT NULL,
    "policy_id" UUID NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "kind" "SlaMilestoneKind" NOT NULL,
    "state" "SlaClockState" NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "target_ms" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "fire_at" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "breached_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "sla_clocks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT,
    "tier" "CustomerTier" NOT NULL,
    "company" TEXT,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_identities" (
    "kind" "IdentityKind" NOT NULL,
    "value" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,

    CONSTRAINT "customer_identities_pkey" PRIMARY KEY ("kind","value")
);

-- CreateTable
CREATE TABLE "interactions" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "channel" "Channel" NOT NULL,
    "direction" "Direction" NOT NULL,
    "state" "InteractionState" NOT NULL,
    "subject" TEXT,
    "description" TEXT,
    "priority" INTEGER NOT NULL,
    "skills" JSONB NOT NULL,
    "queue_id" UUID,
    "agent_id" UUID,
    "customer_id" UUID,
    "parent_id" UUID,
    "customer_address" TEXT,
    "entry_address" TEXT,
    "external_id" TEXT,
    "intake_source_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "queued_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "preference" "Preference",
    "preferred_agent_id" UUID,
    "preferred_until" TIMESTAMPTZ(3),
    "offer_round" INTEGER NOT NULL DEFAULT 0,
    "round_not_before" TIMESTAMPTZ(3),
    "disposition_id" UUID,
    "disposition_note" TEXT,
    "escalation_level" INTEGER NOT NULL DEFAULT 0,
    "transfer_count" INTEGER NOT NULL DEFAULT 0,
    "reopen_count" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "interactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offers" (
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "queue_id" UUID NOT NULL,
    "state" "OfferState" NOT NULL,
    "round" INTEGER NOT NULL,
    "offered_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "responded_at" TIMESTAMPTZ(3),
    "decline_reason" TEXT,
    "why" JSONB NOT NULL,

    CONSTRAINT "offers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "direction" "Direction" NOT NULL,
    "author_id" UUID,
    "from_address" TEXT,
    "to_addresses" TEXT[],
    "cc_addresses" TEXT[],
    "subject" TEXT,
    "text" TEXT NOT NULL,
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "internal" BOOLEAN NOT NULL DEFAULT false,
    "message_id" TEXT,
    "in_reply_to" TEXT,
    "reference_ids" TEXT[],
    "delivery" "DeliveryState" NOT NULL,
    "delivery_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry_points" (
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "address" TEXT NOT NULL,
    "queue_id" UUID NOT NULL,
    "priority" INTEGER,
    "skills" JSONB NOT NULL,

    CONSTRAINT "entry_points_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intake_sources" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "intake_sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "actor_kind" "ActorKind" NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "cause_seq" BIGINT,
    "facts" JSONB NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "event_cursors" (
    "reader" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_cursors_pkey" PRIMARY KEY ("reader")
);

-- CreateTable
CREATE TABLE "router_lease" (
    "id" INTEGER NOT NULL,
    "holder" UUID,
    "fencing" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "router_lease_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engines" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "engines_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tokens_hash_key" ON "tokens"("hash");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "teams_name_key" ON "teams"("name");

-- CreateIndex
CREATE UNIQUE INDEX "skills_name_key" ON "skills"("name");

-- CreateIndex
CREATE UNIQUE INDEX "presence_statuses_name_key" ON "presence_statuses"("name");

-- CreateIndex
CREATE UNIQUE INDEX "agents_email_key" ON "agents"("email");

-- CreateIndex
CREATE UNIQUE INDEX "agents_extension_key" ON "agents"("extension");

-- CreateIndex
CREATE INDEX "agents_engine_id_idx" ON "agents"("engine_id");

-- CreateIndex
CREATE UNIQUE INDEX "queues_name_key" ON "queues"("name");

-- CreateIndex
CREATE INDEX "queue_members_agent_id_idx" ON "queue_members"("agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "dispositions_name_key" ON "dispositions"("name");

-- CreateIndex
CREATE UNIQUE INDEX "sla_policies_name_key" ON "sla_policies"("name");

-- CreateIndex
CREATE INDEX "sla_clocks_interaction_id_idx" ON "sla_clocks"("interaction_id");

-- CreateIndex
CREATE INDEX "customer_identities_customer_id_idx" ON "customer_identities"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "interactions_number_key" ON "interactions"("number");

-- CreateIndex
CREATE INDEX "interactions_customer_id_idx" ON "interactions"("customer_id");

-- CreateIndex
CREATE INDEX "interactions_parent_id_idx" ON "interactions"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "interactions_intake_source_id_external_id_key" ON "interactions"("intake_source_id", "external_id");

-- CreateIndex
CREATE INDEX "offers_interaction_id_idx" ON "offers"("interaction_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_message_id_key" ON "messages"("message_id");

-- CreateIndex
CREATE INDEX "messages_interaction_id_id_idx" ON "messages"("interaction_id", "id");

-- CreateIndex
CREATE INDEX "attachments_message_id_idx" ON "attachments"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "entry_points_channel_address_key" ON "entry_points"("channel", "address");

-- CreateIndex
CREATE INDEX "events_subject_id_seq_idx" ON "events"("subject_id", "seq");

-- CreateIndex
CREATE INDEX "events_at_idx" ON "events"("at");

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_presence_status_id_fkey" FOREIGN KEY ("presence_status_id") REFERENCES "presence_statuses"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_skills" ADD CONSTRAINT "agent_skills_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_skills" ADD CONSTRAINT "agent_skills_skill_id_fkey" FOREIGN KEY ("skill_id") REFERENCES "skills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queues" ADD CONSTRAINT "queues_overflow_queue_id_fkey" FOREIGN KEY ("overflow_queue_id") REFERENCES "queues"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queues" ADD CONSTRAINT "queues_sla_policy_id_fkey" FOREIGN KEY ("sla_policy_id") REFERENCES "sla_policies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_skills" ADD CONSTRAINT "queue_skills_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_skills" ADD CONSTRAINT "queue_skills_skill_id_fkey" FOREIGN KEY ("skill_id") REFERENCES "skills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_members" ADD CONSTRAINT "queue_members_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_members" ADD CONSTRAINT "queue_members_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sla_milestones" ADD CONSTRAINT "sla_milestones_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "sla_policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sla_clocks" ADD CONSTRAINT "sla_clocks_interaction_id_fkey" FOREIGN KEY ("interaction_id") REFERENCES "interactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_identities" ADD CONSTRAINT "customer_identities_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queues"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_preferred_agent_id_fkey" FOREIGN KEY ("preferred_agent_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "interactions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_intake_source_id_fkey" FOREIGN KEY ("intake_source_id") REFERENCES "intake_sources"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_disposition_id_fkey" FOREIGN KEY ("disposition_id") REFERENCES "dispositions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offers" ADD CONSTRAINT "offers_interaction_id_fkey" FOREIGN KEY ("interaction_id") REFERENCES "interactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offers" ADD CONSTRAINT "offers_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offers" ADD CONSTRAINT "offers_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_interaction_id_fkey" FOREIGN KEY ("interaction_id") REFERENCES "interactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry_points" ADD CONSTRAINT "entry_points_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema has no words for ------------------------------------------------------------------------------

-- One interaction rings at one agent: the promise that two routers alive by accident cannot break.
CREATE UNIQUE INDEX "offers_one_pending" ON "offers"("interaction_id") WHERE "state" = 'PENDING';
CREATE INDEX "offers_pending_agent" ON "offers"("agent_id") WHERE "state" = 'PENDING';

-- Open work, by queue and by holder; closed interactions do not weigh on it.
CREATE INDEX "interactions_open_queue" ON "interactions"("queue_id") WHERE "state" NOT IN ('CLOSED', 'ABANDONED');
CREATE INDEX "interactions_open_agent" ON "interactions"("agent_id") WHERE "agent_id" IS NOT NULL AND "state" NOT IN ('CLOSED', 'ABANDONED');
-- Sticky agent: who last served this customer.
CREATE INDEX "interactions_customer_last" ON "interactions"("customer_id", "accepted_at" DESC) WHERE "accepted_at" IS NOT NULL;

-- Mail that waits for its server, looked for at each start.
CREATE INDEX "messages_pending" ON "messages"("id") WHERE "delivery" = 'PENDING';

-- The sweep reads this index alone.
CREATE INDEX "sla_clocks_fire_at" ON "sla_clocks"("fire_at") WHERE "fire_at" IS NOT NULL;
CREATE UNIQUE INDEX "sla_clocks_one_running" ON "sla_clocks"("interaction_id", "kind") WHERE "state" IN ('RUNNING', 'PAUSED');

ALTER TABLE "interactions" ADD CONSTRAINT "interactions_holder" CHECK (
  ("agent_id" IS NOT NULL) = ("state" IN ('ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP'))
  OR "state" IN ('CLOSED')
);
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_waits_in_queue" CHECK (
  "queue_id" IS NOT NULL OR "state" NOT IN ('QUEUED', 'OFFERED')
);

INSERT INTO "router_lease" ("id", "holder", "fencing", "expires_at") VALUES (1, NULL, 0, 'epoch');

INSERT INTO "channel_settings" ("channel", "weight", "waiting_weight", "interruptible", "when_agent_lost") VALUES
  ('VOICE', 100, 100, false, 'KEEP'),
  ('CHAT', 40, 10, false, 'REQUEUE'),
  ('SMS', 30, 5, false, 'REQUEUE'),
  ('SOCIAL', 30, 5, false, 'REQUEUE'),
  ('EMAIL', 50, 0, true, 'REQUEUE'),
  ('FAX', 50, 0, true, 'REQUEUE'),
  ('WEB_FORM', 50, 0, true, 'REQUEUE'),
  ('CASE', 40, 0, true, 'KEEP'),
  ('TASK', 20, 0, true, 'KEEP');

-- The event log ------------------------------------------------------------------------------------------------------
-- A sequence number is drawn before its transaction commits, so a reader that simply asked for "higher than the last
-- one I saw" would step over a number whose transaction is still open. Each writer therefore holds a shared advisory
-- lock, from before it draws numbers to its commit, whose key is the log's last number at that moment: all it draws
-- are higher. The lowest key held tells readers how far the log is whole. (The usual way, by transaction ids, would
-- let a long transaction of any other database in the cluster hold all readers back.)

CREATE SEQUENCE "events_seq" AS bigint OWNED BY "events"."seq" CACHE 1;

CREATE FUNCTION append_events(rows jsonb) RETURNS TABLE ("seq" bigint) LANGUAGE plpgsql AS $$
DECLARE
  last bigint;
BEGIN
  SELECT CASE WHEN s.is_called THEN s.last_value ELSE 0 END INTO last FROM events_seq s;
  -- 80 and 66 are "P" and "B": keeps the keys apart from other users of advisory locks; 48 bits are left for the number.
  PERFORM pg_advisory_xact_lock_shared((80::bigint << 56) + (66::bigint << 48) + last);
  RETURN QUERY
    INSERT INTO events AS e (seq, at, type, subject_id, actor_kind, actor_id, actor_name, cause_seq, facts)
    SELECT nextval('events_seq'), r.at, r.type, r.subject_id, r.actor_kind::"ActorKind", r.actor_id, r.actor_name, r.cause_seq, r.facts
    FROM ROWS FROM (jsonb_to_recordset(rows) AS (
      at timestamptz, type text, subject_id uuid, actor_kind text, actor_id uuid, actor_name text, cause_seq bigint, facts jsonb
    )) AS r
    RETURNING e.seq;
END $$;

-- Every event up to this number is committed or never will be. VOLATILE on purpose: the sequence must be read before
-- the locks, and the caller's snapshot taken after both.
CREATE FUNCTION event_horizon() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  last bigint;
  lowest bigint;
BEGIN
  SELECT CASE WHEN s.is_called THEN s.last_value ELSE 0 END INTO last FROM events_seq s;
  SELECT min(((l.classid::bigint & 65535) << 32) + l.objid::bigint) INTO lowest
    FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND (l.classid::bigint >> 16) = 20546
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
  RETURN least(last, coalesce(lowest, last));
END $$;


-- One round trip for a reader: each statement of a VOLATILE function sees what has committed before that statement,
-- so the rows are read after the horizon, as they must be.
CREATE FUNCTION read_events(after bigint, how_many integer) RETURNS SETOF "events" LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  horizon bigint := event_horizon();
BEGIN
  RETURN QUERY SELECT * FROM events e WHERE e.seq > after AND e.seq <= horizon ORDER BY e.seq LIMIT how_many;
END $$;
