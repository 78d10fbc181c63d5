-- What an agent has typed and not sent yet: a page inside the CRM ends with each step to another page.
CREATE TABLE "drafts" (
    "agent_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("agent_id", "name"),
    CONSTRAINT "drafts_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "drafts_updated_at_idx" ON "drafts"("updated_at");
