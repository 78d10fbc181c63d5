-- Sign-in by an identity provider (OpenID Connect), and where people reach this center.
ALTER TABLE "users"
    ADD COLUMN "provider_issuer" TEXT,
    ADD COLUMN "provider_subject" TEXT,
    ADD CONSTRAINT "users_provider_names_both" CHECK (("provider_issuer" IS NULL) = ("provider_subject" IS NULL));

CREATE UNIQUE INDEX "users_provider_issuer_provider_subject_key" ON "users"("provider_issuer", "provider_subject");

ALTER TABLE "sessions" ADD COLUMN "provider_token" BYTEA;

ALTER TABLE "sign_in_settings"
    ADD COLUMN "address" TEXT,
    ADD COLUMN "provider" JSONB,
    ADD COLUMN "provider_secret" BYTEA;
