-- Views of the list of interactions that people keep, and which one each begins with.
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "owner_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "saved_views_owner_id_idx" ON "saved_views"("owner_id");

CREATE TABLE "saved_view_defaults" (
    "owner_id" UUID NOT NULL,
    "view_id" UUID NOT NULL,

    CONSTRAINT "saved_view_defaults_pkey" PRIMARY KEY ("owner_id")
);
CREATE INDEX "saved_view_defaults_view_id_idx" ON "saved_view_defaults"("view_id");
ALTER TABLE "saved_view_defaults" ADD CONSTRAINT "saved_view_defaults_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_views"("id") ON DELETE CASCADE ON UPDATE CASCADE;
