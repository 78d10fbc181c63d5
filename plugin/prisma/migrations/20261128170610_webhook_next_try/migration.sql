ALTER TABLE "webhook_deliveries" ADD COLUMN "next_at" TIMESTAMPTZ(3);

-- What was given up, and what waits, is found among far more that was sent.
CREATE INDEX "webhook_deliveries_state" ON "webhook_deliveries" ("state", "id" DESC);
