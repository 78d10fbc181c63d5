-- Work that one engine does at a time: routing, sweeps, each durable reader of the log, the CRM.
CREATE TABLE "leases" (
    "name" TEXT NOT NULL,
    "holder" UUID,
    "fencing" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("name")
);

INSERT INTO "leases" ("name", "holder", "fencing", "expires_at")
SELECT 'router', "holder", "fencing", "expires_at" FROM "router_lease"
UNION ALL
SELECT 'crm', "holder", 1, "held_until" FROM "crm_connection" WHERE "held_until" IS NOT NULL;

DROP TABLE "router_lease";
ALTER TABLE "crm_connection" DROP COLUMN "holder", DROP COLUMN "held_until";

-- The leases that this engine takes its share of.
ALTER TABLE "engines" ADD COLUMN "work" TEXT[] NOT NULL DEFAULT '{}';
