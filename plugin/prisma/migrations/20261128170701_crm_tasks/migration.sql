-- Work on the CRM that an engine does in the background.
CREATE TABLE "crm_tasks" (
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "engine_id" UUID NOT NULL,
  "started_by" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "steps" JSONB NOT NULL DEFAULT '[]',
  "plan" JSONB,
  "findings" JSONB NOT NULL DEFAULT '[]',
  "problem" TEXT,
  CONSTRAINT "crm_tasks_pkey" PRIMARY KEY ("id")
);
-- One at a time.
CREATE UNIQUE INDEX "crm_tasks_running" ON "crm_tasks"("state") WHERE "state" = 'RUNNING';
