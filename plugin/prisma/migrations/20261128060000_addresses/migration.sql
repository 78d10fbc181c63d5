-- Addresses that were read wrongly before. Mended is what can be told from the address alone; running it again changes
-- nothing. Left are numbers in a form of another country that were kept as numbers of the own one: whose they are cannot
-- be told, and no caller is found by them any more. Left are entry points by which nothing can come in: they do no harm.

-- Callers who withhold their number, and visitors without a name, were all kept as one person: nobody is known by that.
CREATE TEMPORARY TABLE withheld ON COMMIT DROP AS
  SELECT kind, value, customer_id FROM customer_identities
  WHERE (kind = 'EMAIL' AND (value ~ '[@.]invalid$' OR value ~ '^sips?:(anonymous|restricted|unavailable|withheld|unknown)@'))
     OR (kind = 'HANDLE' AND value IN ('anonymous', 'unknown', 'withheld', 'restricted', 'unavailable', 'private', 'guest', 'visitor'));

DELETE FROM customer_identities i USING withheld w WHERE i.kind = w.kind AND i.value = w.value;

-- Those who still bear the address as their name were made by it alone; who was given a name by hand stays as they are.
CREATE TEMPORARY TABLE nobody ON COMMIT DROP AS
  SELECT c.id, w.value FROM withheld w JOIN customers c ON c.id = w.customer_id
  WHERE lower(c.name) = w.value AND NOT EXISTS (SELECT FROM customer_identities i WHERE i.customer_id = c.id);

UPDATE interactions SET customer_id = NULL, customer_address = NULL FROM nobody
WHERE customer_id = nobody.id AND lower(customer_address) = nobody.value;

UPDATE customers SET deleted_at = now() FROM nobody
WHERE customers.id = nobody.id AND deleted_at IS NULL AND NOT EXISTS (SELECT FROM interactions WHERE customer_id = customers.id);

-- A number inside a SIP address was kept as an e-mail address. It goes to whoever is known by the number already.
INSERT INTO customer_identities (kind, value, customer_id)
  SELECT DISTINCT ON (number) 'PHONE'::"IdentityKind", number, customer_id
  FROM (
    SELECT substring(value FROM '^sips?:(\+[1-9][0-9]{6,14})@') AS number, customer_id FROM customer_identities WHERE kind = 'EMAIL'
  ) sip
  WHERE number IS NOT NULL
  ORDER BY number, customer_id
ON CONFLICT DO NOTHING;

DELETE FROM customer_identities WHERE kind = 'EMAIL' AND value ~ '^sips?:\+[1-9][0-9]{6,14}@';
