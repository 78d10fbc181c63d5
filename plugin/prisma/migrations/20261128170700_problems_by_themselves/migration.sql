-- What is wrong is found and counted without reading what is right.
CREATE INDEX "crm_records_problem" ON "crm_records"("kind", "local_id") WHERE "problem" IS NOT NULL;
CREATE INDEX "webhook_deliveries_failed" ON "webhook_deliveries"("id") WHERE "state" = 'FAILED';
