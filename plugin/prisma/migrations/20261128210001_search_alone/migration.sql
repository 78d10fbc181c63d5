-- A search that is dear by its functions' cost alone is not worth the start of other processes: that took longer than what they did.
ALTER FUNCTION search_query(text) PARALLEL UNSAFE;
