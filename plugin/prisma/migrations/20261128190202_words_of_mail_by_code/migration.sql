-- Why a mail was not sent, and why a source of work was refused, stand by a code with their facts beside the English text.
ALTER TABLE "messages" ADD COLUMN "delivery_told" JSONB;
ALTER TABLE "intake_sources" ADD COLUMN "last_refusal_told" JSONB;
