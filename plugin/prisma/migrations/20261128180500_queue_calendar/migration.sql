-- A queue offers work in the hours of a calendar, or in hours of its own. Weeks that were copied from a calendar before stay own
-- hours: a link would close those queues on its holidays.
ALTER TABLE "queues" ADD COLUMN "calendar_id" UUID;
ALTER TABLE "queues" ADD CONSTRAINT "queues_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "business_calendars"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "queues" ADD CONSTRAINT "queues_hours_or_calendar" CHECK ("hours" IS NULL OR "hours" = 'null'::jsonb OR "calendar_id" IS NULL);
CREATE INDEX "queues_calendar_id_idx" ON "queues" ("calendar_id");
