-- For a statement that writes on the condition that what was read before it still stands: where it does not, nothing is
-- written, and the caller does all of it again on fresh rows, as after any serialization failure.
CREATE FUNCTION still_so(is_so boolean) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_so THEN
    RAISE EXCEPTION 'What was read has changed.' USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN true;
END $$;
