-- Texts that somebody wrote in the CRM and that were refused: they stay there to be mended. By field what is in force instead.
ALTER TABLE "crm_records" ADD COLUMN "kept" JSONB;
CREATE INDEX "crm_records_kept" ON "crm_records"("kind", "host_id") WHERE "kept" IS NOT NULL;

-- When the CRM last delivered a change by itself.
ALTER TABLE "crm_connection" ADD COLUMN "delivered_at" TIMESTAMPTZ(3);
