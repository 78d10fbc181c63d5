-- What the engine says of its work with the CRM stands by a code with its facts beside the English text.
ALTER TABLE "crm_connection" ADD COLUMN "problem_told" JSONB;
ALTER TABLE "crm_records" ADD COLUMN "failure_told" JSONB, ADD COLUMN "problem_told" JSONB;
ALTER TABLE "crm_refused" ADD COLUMN "told" JSONB;
ALTER TABLE "crm_tasks" ADD COLUMN "told" JSONB;
