-- What queues, presence statuses and dispositions are called in other languages: [{"language", "name"}], by language, each once.
ALTER TABLE "queues" ADD COLUMN "translations" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "presence_statuses" ADD COLUMN "translations" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "dispositions" ADD COLUMN "translations" JSONB NOT NULL DEFAULT '[]';
