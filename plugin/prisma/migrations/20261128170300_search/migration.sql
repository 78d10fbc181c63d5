-- When something was last said in it, or about it among colleagues.
ALTER TABLE "interactions" ADD COLUMN "last_message_at" TIMESTAMPTZ(3);
UPDATE "interactions" i SET "last_message_at" = m.last
FROM (SELECT "interaction_id", max("created_at") AS last FROM "messages" GROUP BY "interaction_id") m WHERE m."interaction_id" = i."id";

-- A text as its words are searched: in lower case, without accents, and with nothing but spaces between the words. By these
-- means, since the database may have no extension and the C locale, which knows no letters but those of ASCII. Its cost is said
-- so that it is computed for an index, and never for each row of a table.
CREATE FUNCTION search_words(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 20000 AS $$
DECLARE
  folded text := lower(left(t, 50000));
BEGIN
  IF octet_length(folded) > length(folded) THEN
    folded := regexp_replace(lower(translate(normalize(folded, NFD),
      'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЄҐŁłĐđØø', 'абвгдежзиклмнопрстуфхцчшщъыьэюяієґllddoo')), U&'[\0300-\036f]+', '', 'g');
  END IF;
  RETURN regexp_replace(folded, U&'[\0001-/:-@[-`{-\00bf\2010-\206f\3000-\3002\ff01\ff0c\ff1a\ff1f]+', ' ', 'g');
END
$$;

-- Every word of what somebody looks for, each at least the beginning of a word; null, which nothing matches, where it has none.
CREATE FUNCTION search_query(t text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsquery('simple', string_agg('''' || w || ''':*', ' & ')) FROM unnest(string_to_array(search_words(t), ' ')) w WHERE w <> ''
$$;

CREATE INDEX "interactions_words" ON "interactions" USING gin (
  to_tsvector('simple', search_words(coalesce("subject", '') || ' ' || coalesce("description", '')))
) WHERE "subject" IS NOT NULL OR "description" IS NOT NULL;
CREATE INDEX "messages_words" ON "messages" USING gin (to_tsvector('simple', search_words(coalesce("subject", '') || ' ' || "text")));
CREATE INDEX "customers_words" ON "customers" USING gin (to_tsvector('simple', search_words("name" || ' ' || coalesce("company", ''))));
CREATE INDEX "customer_identities_words" ON "customer_identities" USING gin (to_tsvector('simple', search_words("value")));

-- To compute it for a sample of all texts takes long, and where the index is there, no other way is ever better.
ALTER INDEX "interactions_words" ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX "messages_words" ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX "customers_words" ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX "customer_identities_words" ALTER COLUMN 1 SET STATISTICS 0;
