-- API keys of books. Not derived from the journal.
CREATE TABLE api_keys (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The key's name; never used again after it was revoked.
  name key_name NOT NULL,
  -- The SHA-256 digest of the key.
  digest digest NOT NULL,
  -- What the key may do.
  scopes key_scopes NOT NULL,
  -- When it was made.
  created_at instant NOT NULL,
  -- When it was revoked.
  revoked_at instant,
  -- From when on it is not valid; never if empty.
  expires_at instant,
  -- When it was last used, to the minute.
  last_used_at instant,
  -- Where it may be used from; anywhere if empty.
  networks key_networks,
  -- How often it may ask a second; as often as the server lets keys if empty.
  rate_limit key_rate_limit,
  -- The digest before the last rotation.
  old_digest digest,
  -- Until when the secret before the last rotation is valid as well.
  old_until instant,
  PRIMARY KEY (book, name)
);
CREATE INDEX api_keys_digest ON api_keys (digest);
CREATE INDEX api_keys_old_digest ON api_keys (old_digest);

-- Keys of the instance's operator: they manage books and read none.
CREATE TABLE operator_keys (
  -- The key's name.
  name key_name NOT NULL,
  -- The SHA-256 digest of the key.
  digest digest NOT NULL,
  -- When it was made.
  created_at instant NOT NULL,
  -- When it was revoked.
  revoked_at instant,
  -- From when on it is not valid; never if empty.
  expires_at instant,
  -- When it was last used, to the minute.
  last_used_at instant,
  -- Where it may be used from; anywhere if empty.
  networks key_networks,
  -- How often it may ask a second; as often as the server lets keys if empty.
  rate_limit key_rate_limit,
  -- The digest before the last rotation.
  old_digest digest,
  -- Until when the secret before the last rotation is valid as well.
  old_until instant,
  PRIMARY KEY (name)
);
CREATE INDEX operator_keys_digest ON operator_keys (digest);
CREATE INDEX operator_keys_old_digest ON operator_keys (old_digest);

-- The migrations that made these tables.
CREATE TABLE schema_migrations (
  -- 1 for the first.
  version integer NOT NULL CHECK (version >= 1),
  -- What it was for.
  name varchar(100) NOT NULL,
  -- The digest of its statements: the same number of a version that was never released is told by it.
  checksum digest NOT NULL,
  -- When it was applied.
  applied_at instant NOT NULL,
  PRIMARY KEY (version)
);
