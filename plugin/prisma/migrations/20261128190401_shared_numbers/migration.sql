-- One line has several numbers in some countries, by the rules of some year: they meet in this one, which is not always dialled.
-- Brazil put a 9 before mobile numbers (2012 to 2016), Mexico took the 1 away that stood before them (2019), and in Argentina a 9
-- stands before a mobile number only when it is called from abroad.
CREATE FUNCTION line_of(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(regexp_replace(regexp_replace(number,
    '^\+55(\d\d)([6-9]\d{7})$', '+55\19\2'), '^\+521(\d{10})$', '+52\1'), '^\+549(\d{10})$', '+54\1')
$$;

-- By what somebody is found, beside what was written, which stays. By the database, so that nobody who writes an address can forget it.
ALTER TABLE "customer_identities" ADD COLUMN "key" TEXT NOT NULL
  GENERATED ALWAYS AS (CASE WHEN "kind" = 'PHONE' THEN line_of("value") ELSE "value" END) STORED;
CREATE INDEX "customer_identities_key_idx" ON "customer_identities"("key");

-- A household or a switchboard is several customers on one number; any other address is one customer's.
ALTER TABLE "customer_identities" DROP CONSTRAINT "customer_identities_pkey";
ALTER TABLE "customer_identities" ADD CONSTRAINT "customer_identities_pkey" PRIMARY KEY ("customer_id", "kind", "value");
DROP INDEX "customer_identities_customer_id_idx";
CREATE UNIQUE INDEX "customer_identities_one_owner" ON "customer_identities"("kind", "value") WHERE "kind" <> 'PHONE';

-- By it the engine met somebody of whom it knew nothing: of two such meetings at one moment, the second finds the first.
ALTER TABLE "customer_identities" ADD COLUMN "first_contact" BOOLEAN NOT NULL DEFAULT false;
CREATE UNIQUE INDEX "customer_identities_first_contact" ON "customer_identities"("kind", "key") WHERE "first_contact";

-- Known by nothing but an address so far.
ALTER TABLE "customers" ADD COLUMN "provisional" BOOLEAN NOT NULL DEFAULT false;
