CREATE TYPE "ContactPurpose" AS ENUM ('SERVICE', 'MARKETING', 'SURVEY', 'RECORDING');
CREATE TYPE "ConsentState" AS ENUM ('GIVEN', 'WITHDRAWN');
CREATE TYPE "ConsentSource" AS ENUM ('CALL', 'MESSAGE', 'WEB_FORM', 'WRITTEN', 'IN_PERSON', 'IMPORT', 'MERGE', 'OTHER');
CREATE TYPE "DoNotContactReason" AS ENUM ('CUSTOMER_ASKED', 'UNSUBSCRIBED', 'STOP_WORD', 'REGISTER', 'DISPUTE', 'WRONG_ADDRESS', 'DECEASED', 'OTHER');

-- What a customer agreed to and took back, as it was said: a row is never changed, but for whose it is after a merge.
CREATE TABLE "consents" (
  "id" UUID PRIMARY KEY,
  "customer_id" UUID NOT NULL REFERENCES "customers"("id"),
  "channel" "Channel",
  "purpose" "ContactPurpose" NOT NULL,
  "state" "ConsentState" NOT NULL,
  "source" "ConsentSource" NOT NULL,
  "source_text" TEXT,
  "proof" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3),
  "recorded_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  -- Whose it was before they were merged: it is theirs again when that is taken back.
  "origin_customer_id" UUID,
  CONSTRAINT "consents_expiry_after_beginning" CHECK ("expires_at" IS NULL OR ("state" = 'GIVEN' AND "expires_at" > "at"))
);
CREATE INDEX "consents_customer_id_purpose_idx" ON "consents"("customer_id", "purpose", "at");

CREATE TABLE "contact_preferences" (
  "customer_id" UUID PRIMARY KEY REFERENCES "customers"("id"),
  "channel" "Channel",
  "language" TEXT,
  "hours" JSONB NOT NULL DEFAULT '[]',
  "time_zone" TEXT,
  "updated_at" TIMESTAMPTZ(3) NOT NULL
);

-- Whom not to contact: a customer, or whoever is behind an address, which is found as customers are (see line_of).
CREATE TABLE "do_not_contact" (
  "id" UUID PRIMARY KEY,
  "customer_id" UUID REFERENCES "customers"("id"),
  "kind" "IdentityKind",
  "address" TEXT,
  "key" TEXT GENERATED ALWAYS AS (CASE WHEN "kind" = 'PHONE' THEN line_of("address") ELSE "address" END) STORED,
  "channel" "Channel",
  "purposes" "ContactPurpose"[] NOT NULL,
  "reason" "DoNotContactReason" NOT NULL,
  "note" TEXT,
  "from_at" TIMESTAMPTZ(3) NOT NULL,
  "until_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  "recorded_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  -- Whose it was before they were merged: it is theirs again when that is taken back.
  "origin_customer_id" UUID,
  CONSTRAINT "do_not_contact_names_one" CHECK (("customer_id" IS NULL) <> ("address" IS NULL) AND ("kind" IS NULL) = ("address" IS NULL)),
  CONSTRAINT "do_not_contact_has_purposes" CHECK (cardinality("purposes") > 0),
  CONSTRAINT "do_not_contact_ends_after_beginning" CHECK ("until_at" IS NULL OR "until_at" > "from_at")
);
CREATE INDEX "do_not_contact_customer_id_idx" ON "do_not_contact"("customer_id") WHERE "ended_at" IS NULL;
CREATE INDEX "do_not_contact_key_idx" ON "do_not_contact"("key") WHERE "ended_at" IS NULL;
