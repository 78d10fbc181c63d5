-- Who a customer turned out to be; the interactions and addresses moved there.
ALTER TABLE "customers" ADD COLUMN "merged_into_id" UUID;
ALTER TABLE "customers" ADD CONSTRAINT "customers_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "customers_merged_into_id_idx" ON "customers"("merged_into_id");

UPDATE "customers" c SET "merged_into_id" = (e."facts"->>'into')::uuid FROM "events" e
WHERE e."subject_id" = c."id" AND e."type" = 'customer.merged' AND c."deleted_at" IS NOT NULL
  AND EXISTS (SELECT FROM "customers" w WHERE w."id" = (e."facts"->>'into')::uuid);
