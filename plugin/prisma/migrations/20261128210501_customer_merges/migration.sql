-- Which customers turned out to be one, so that it can be taken back. A customer is merged into one other at a time.
CREATE TABLE "customer_merges" (
  "id" UUID NOT NULL,
  "from_id" UUID NOT NULL,
  "into_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "by_name" TEXT NOT NULL,
  "in_crm" BOOLEAN NOT NULL,
  "fields" JSONB NOT NULL,
  "undone_at" TIMESTAMPTZ(3),
  CONSTRAINT "customer_merges_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "customer_merges_standing" ON "customer_merges"("from_id") WHERE "undone_at" IS NULL;
CREATE INDEX "customer_merges_into_id_idx" ON "customer_merges"("into_id");
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_into_id_fkey" FOREIGN KEY ("into_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a merged customer has of their own: the rows themselves are those of the customer who is left.
CREATE TABLE "merged_identities" (
  "customer_id" UUID NOT NULL,
  "kind" "IdentityKind" NOT NULL,
  "value" TEXT NOT NULL,
  "first_contact" BOOLEAN NOT NULL,
  CONSTRAINT "merged_identities_pkey" PRIMARY KEY ("customer_id", "kind", "value")
);
ALTER TABLE "merged_identities" ADD CONSTRAINT "merged_identities_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "customer_identities" ADD COLUMN "by_merge" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "interactions" ADD COLUMN "origin_customer_id" UUID;
CREATE INDEX "interactions_origin_customer_id_idx" ON "interactions"("origin_customer_id") WHERE "origin_customer_id" IS NOT NULL;
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_origin_customer_id_fkey" FOREIGN KEY ("origin_customer_id") REFERENCES "customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;
