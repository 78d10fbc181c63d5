-- Rights that are bounded to a part of the contact center, and rights that are lent to a colleague.
ALTER TYPE "Role" ADD VALUE 'TEAM_LEAD' AFTER 'SUPERVISOR';
ALTER TYPE "Role" ADD VALUE 'ANALYST' AFTER 'AGENT';
ALTER TYPE "Role" ADD VALUE 'CLIENT' AFTER 'ANALYST';

ALTER TABLE "users" ADD COLUMN "bounds" JSONB;
ALTER TABLE "users" DROP CONSTRAINT "users_role_is_a_persons";
-- As text: a value that this very transaction adds to an enum cannot be used as one yet.
ALTER TABLE "users" ADD CONSTRAINT "users_role_is_a_persons"
  CHECK ("role"::text IN ('ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'AGENT', 'ANALYST', 'CLIENT'));
ALTER TABLE "users" ADD CONSTRAINT "users_bounds_fit_the_role"
  CHECK (CASE WHEN "role"::text = 'TEAM_LEAD' THEN "bounds" IS NOT NULL ELSE "bounds" IS NULL OR "role"::text IN ('SUPERVISOR', 'ANALYST') END);

CREATE TABLE "delegations" (
    "id" UUID NOT NULL,
    "from_user_id" UUID NOT NULL,
    "to_user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "delegations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "delegations_are_to_another" CHECK ("from_user_id" <> "to_user_id")
);

CREATE INDEX "delegations_from_user_id_idx" ON "delegations"("from_user_id");
CREATE INDEX "delegations_to_user_id_idx" ON "delegations"("to_user_id");
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_from_user_id_fkey" FOREIGN KEY ("from_user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_to_user_id_fkey" FOREIGN KEY ("to_user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "sessions" ADD COLUMN "delegation_id" UUID;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_delegation_id_fkey" FOREIGN KEY ("delegation_id") REFERENCES "delegations"("id") ON DELETE SET NULL ON UPDATE CASCADE;
