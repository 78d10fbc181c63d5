-- Whether a person's bounds are those of the groups at the identity provider, and go with them.
ALTER TABLE users ADD COLUMN bounds_by_provider boolean NOT NULL DEFAULT false;
