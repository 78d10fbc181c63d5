-- Looking through the locks of the whole cluster is most of what one look at the log costs. It is needed only where a number
-- is missing: rows whose numbers follow `after` one by one have no open transaction between them.
CREATE OR REPLACE FUNCTION read_events(after bigint, how_many integer) RETURNS SETOF "events" LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  visible bigint;
  whole_to bigint;
BEGIN
  SELECT count(*), max(s.seq) INTO visible, whole_to FROM (SELECT e.seq FROM events e WHERE e.seq > after ORDER BY e.seq LIMIT how_many) s;
  IF visible = 0 THEN
    RETURN;
  END IF;
  -- The number that is missing was rolled back, or its transaction is still open. Each statement of a VOLATILE function sees what
  -- has committed before that statement, so the rows are read after the horizon, as they must be.
  IF whole_to - after > visible THEN
    whole_to := event_horizon();
  END IF;
  RETURN QUERY SELECT * FROM events e WHERE e.seq > after AND e.seq <= whole_to ORDER BY e.seq LIMIT how_many;
END $$;

-- For an engine that has written: one round trip for its own look and for waking the others.
CREATE FUNCTION read_events_and_notify(after bigint, how_many integer, channel text, payload text) RETURNS SETOF "events" LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_notify(channel, payload);
  RETURN QUERY SELECT * FROM read_events(after, how_many);
END $$;
