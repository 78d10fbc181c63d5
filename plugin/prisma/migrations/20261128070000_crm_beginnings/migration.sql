-- The language that most users of the CRM have; null where the CRM did not say.
ALTER TABLE "crm_connection" ADD COLUMN "language" TEXT;

-- Records made in the CRM of which nothing could be made here yet.
CREATE TABLE "crm_refused" (
    "kind" "CrmKind" NOT NULL,
    "host_id" UUID NOT NULL,
    "problem" TEXT NOT NULL,

    CONSTRAINT "crm_refused_pkey" PRIMARY KEY ("kind", "host_id")
);

-- Whether the record is in the CRM because we made it there.
ALTER TABLE "crm_records" ADD COLUMN "made" BOOLEAN NOT NULL DEFAULT false;

-- A person whom the CRM had first came from there, and one that we joined to one of the CRM's has that one's id.
UPDATE "crm_records" r SET "made" = true
WHERE r."known" IS NOT NULL AND r."host_id" = overlay(r."local_id"::text placing '4' from 15 for 1)::uuid
  AND NOT EXISTS (SELECT FROM "events" e WHERE e."subject_id" = r."local_id" AND e."type" = 'customer.created' AND e."facts"->>'from' = 'CRM');
