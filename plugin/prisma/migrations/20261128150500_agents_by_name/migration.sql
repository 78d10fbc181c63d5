-- CreateIndex
CREATE INDEX "agents_name_id_idx" ON "agents"("name", "id");
