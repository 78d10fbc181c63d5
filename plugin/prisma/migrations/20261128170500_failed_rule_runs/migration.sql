-- The last failure of a rule, however many runs of it went well since.
CREATE INDEX "automation_runs_failed" ON "automation_runs"("owner_id", "id") WHERE "outcome" = 'FAILED';
