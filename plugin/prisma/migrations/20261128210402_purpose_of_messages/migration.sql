-- What a message is for: it is asked about when it is written, and once more before it leaves.
ALTER TABLE "messages" ADD COLUMN "purpose" "ContactPurpose" NOT NULL DEFAULT 'SERVICE';
