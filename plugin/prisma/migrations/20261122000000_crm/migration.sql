-- The CRM that the contact center lives in: whose people these are, and what it knows of our records.
CREATE TYPE "CrmKind" AS ENUM ('PERSON', 'COMPANY', 'USER', 'QUEUE', 'AGENT', 'QUEUE_MEMBER', 'SLA_POLICY', 'INTERACTION');

ALTER TABLE "customers" ADD COLUMN "company_id" UUID, ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
CREATE INDEX "customers_company_id_idx" ON "customers"("company_id");

ALTER TABLE "queue_members" ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX "queue_members_id_key" ON "queue_members"("id");

ALTER TABLE "agents" ADD COLUMN "connection_grace_ms" INTEGER NOT NULL DEFAULT 10000;

CREATE TABLE "crm_connection" (
    "id" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "api_key" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "public_url" TEXT NOT NULL,
    "webhook_secret" TEXT NOT NULL,
    "app_version" TEXT NOT NULL,
    "connected_at" TIMESTAMPTZ(3) NOT NULL,
    "cursors" JSONB NOT NULL DEFAULT '{}',
    "holder" UUID,
    "held_until" TIMESTAMPTZ(3),
    "reached_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "crm_connection_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "crm_connection_single" CHECK ("id" = 1)
);

CREATE TABLE "crm_records" (
    "kind" "CrmKind" NOT NULL,
    "local_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "known" JSONB,
    "changed_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "urgency" INTEGER NOT NULL DEFAULT 1,
    "not_before" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "problem" TEXT,

    CONSTRAINT "crm_records_pkey" PRIMARY KEY ("kind", "local_id")
);
CREATE UNIQUE INDEX "crm_records_kind_host_id_key" ON "crm_records"("kind", "host_id");
-- What is to be told, the most urgent first and then the newest.
CREATE INDEX "crm_records_to_tell" ON "crm_records"("kind", "urgency", "changed_at" DESC) WHERE "changed_at" IS NOT NULL;

CREATE TABLE "crm_changes" (
    "kind" "CrmKind" NOT NULL,
    "host_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "crm_changes_pkey" PRIMARY KEY ("kind", "host_id")
);

CREATE TABLE "companies" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "companies_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "crm_users" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "crm_users_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "crm_users_email_idx" ON "crm_users"("email");
