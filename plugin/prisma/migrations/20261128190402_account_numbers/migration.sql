-- What the center calls a customer or a contract by, and what a caller may type into a menu.
ALTER TYPE "IdentityKind" ADD VALUE 'ACCOUNT';
ALTER TABLE "interactions" ADD COLUMN "account_number" TEXT;
