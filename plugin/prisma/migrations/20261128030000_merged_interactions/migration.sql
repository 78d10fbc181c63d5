-- An interaction that turned out to be about the same as another one is closed and points to it; its messages are the
-- other one's and remember where they came in, so that both can be parted again.
ALTER TABLE "interactions" ADD COLUMN "merged_into_id" UUID;
ALTER TABLE "messages" ADD COLUMN "origin_id" UUID;

ALTER TABLE "interactions" ADD CONSTRAINT "interactions_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "interactions"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "messages" ADD CONSTRAINT "messages_origin_id_fkey" FOREIGN KEY ("origin_id") REFERENCES "interactions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE INDEX "interactions_merged_into" ON "interactions"("merged_into_id") WHERE "merged_into_id" IS NOT NULL;
CREATE INDEX "messages_origin" ON "messages"("origin_id") WHERE "origin_id" IS NOT NULL;

ALTER TABLE "interactions" ADD CONSTRAINT "interactions_merged_is_closed" CHECK ("merged_into_id" IS NULL OR "state" = 'CLOSED');
