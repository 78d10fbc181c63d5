-- In which language a person's pages spoke at the last sign-in.
ALTER TABLE users ADD COLUMN language text;
