-- Presence times are folded from what agents chose: found by agent and time, however long the log is.
CREATE INDEX "events_presence_set" ON "events"("subject_id", "at", "seq") WHERE "type" = 'agent.presence_set';
