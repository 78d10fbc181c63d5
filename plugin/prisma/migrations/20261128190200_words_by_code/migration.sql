-- What the engine says stands by a code with its facts beside the English text, so that a page tells it in its reader's language.
ALTER TABLE "automation_runs" ADD COLUMN "told" JSONB;
ALTER TABLE "webhook_deliveries" ADD COLUMN "told" JSONB;
