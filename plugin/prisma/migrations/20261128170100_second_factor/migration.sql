-- The second factor of a sign-in: a sealed secret of a person, codes for who lost the telephone, and the step between password and code.
ALTER TABLE "users"
    ADD COLUMN "totp_secret" BYTEA,
    ADD COLUMN "totp_since" TIMESTAMPTZ(3),
    -- A code of this half minute, or of one before it, is accepted no more.
    ADD COLUMN "totp_step" INTEGER,
    ADD CONSTRAINT "users_second_factor_has_a_secret" CHECK ("totp_since" IS NULL OR "totp_secret" IS NOT NULL);

CREATE TABLE "recovery_codes" (
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id", "hash")
);

CREATE TABLE "sign_in_steps" (
    "hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_steps_pkey" PRIMARY KEY ("hash")
);

CREATE TABLE "sign_in_settings" (
    "id" INTEGER NOT NULL,
    "second_factor_roles" "Role"[] NOT NULL DEFAULT '{}',

    CONSTRAINT "sign_in_settings_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sign_in_settings_is_one" CHECK ("id" = 1)
);

INSERT INTO "sign_in_settings" ("id") VALUES (1);

CREATE INDEX "sign_in_steps_user_id_idx" ON "sign_in_steps"("user_id");

ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
