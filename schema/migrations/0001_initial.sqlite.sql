CREATE TABLE books (
  book TEXT NOT NULL CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  base_currency TEXT NOT NULL CHECK (length(base_currency) = 3 AND base_currency GLOB '[A-Z][A-Z][A-Z]'),
  quote_max_age_days INTEGER NOT NULL CHECK (quote_max_age_days BETWEEN 1 AND 3650),
  time_zone TEXT NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 64 AND time_zone GLOB '[A-Za-z]*' AND substr(time_zone, 2) NOT GLOB '*[^A-Za-z0-9_+/-]*'),
  terms_number INTEGER NOT NULL CHECK (terms_number >= 1),
  clock_stands_at INTEGER CHECK (clock_stands_at >= 0),
  head_number INTEGER NOT NULL CHECK (head_number >= 1),
  head_hash BLOB NOT NULL CHECK (length(head_hash) = 32),
  head_at INTEGER NOT NULL CHECK (head_at >= 0),
  epoch INTEGER NOT NULL,
  first_hash BLOB NOT NULL CHECK (length(first_hash) = 32),
  quotes_hash BLOB CHECK (length(quotes_hash) = 32),
  secret BLOB NOT NULL CHECK (length(secret) = 32),
  folding INTEGER NOT NULL CHECK (folding >= 1),
  PRIMARY KEY (book)
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  number INTEGER NOT NULL CHECK (number >= 1),
  group_number INTEGER NOT NULL CHECK (group_number >= 1),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 99),
  at INTEGER NOT NULL CHECK (at >= 0),
  actor TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 64 AND actor GLOB '[A-Za-z0-9]*' AND substr(actor, 2) NOT GLOB '*[^A-Za-z0-9._-]*'),
  key TEXT CHECK (length(key) BETWEEN 1 AND 255 AND key GLOB '[!-~]*' AND key NOT GLOB '*[^!-~]*'),
  batch_key BLOB,
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  body TEXT NOT NULL,
  entries BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (book, number)
) STRICT;

CREATE TABLE personal_values (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  number INTEGER NOT NULL CHECK (number >= 1),
  customer INTEGER NOT NULL CHECK (customer >= 1),
  is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  city TEXT NOT NULL CHECK (length(city) BETWEEN 1 AND 100),
  code TEXT CHECK (length(code) BETWEEN 1 AND 64),
  metadata TEXT CHECK (length(metadata) BETWEEN 1 AND 4000),
  name_folded TEXT NOT NULL,
  PRIMARY KEY (book, number)
) STRICT;

CREATE UNIQUE INDEX personal_values_code ON personal_values (book, code) WHERE is_current AND code IS NOT NULL;

CREATE INDEX personal_values_customer ON personal_values (book, customer);

CREATE INDEX personal_values_name ON personal_values (book, name_folded, number);

CREATE TABLE customers (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  customer INTEGER NOT NULL CHECK (customer >= 1),
  country TEXT NOT NULL CHECK (length(country) = 2 AND country GLOB '[A-Z][A-Z]'),
  changed INTEGER NOT NULL CHECK (changed >= 1),
  is_erased INTEGER NOT NULL CHECK (is_erased IN (0, 1)),
  PRIMARY KEY (book, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX customers_country ON customers (book, country, customer);

CREATE TABLE customer_changes (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  customer INTEGER NOT NULL CHECK (customer >= 1),
  number INTEGER NOT NULL CHECK (number >= 1),
  PRIMARY KEY (book, customer, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  account INTEGER NOT NULL CHECK (account >= 1),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
  customer INTEGER CHECK (customer >= 1),
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency GLOB '[A-Z][A-Z][A-Z]'),
  minor_units INTEGER NOT NULL CHECK (minor_units BETWEEN 0 AND 4),
  code TEXT CHECK (length(code) BETWEEN 1 AND 64),
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
  floor INTEGER,
  PRIMARY KEY (book, account)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX accounts_code ON accounts (book, code) WHERE code IS NOT NULL;

CREATE INDEX accounts_customer ON accounts (book, customer, account) WHERE customer IS NOT NULL;

CREATE INDEX accounts_kind ON accounts (book, kind, currency, account);

CREATE TABLE account_changes (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  account INTEGER NOT NULL CHECK (account >= 1),
  number INTEGER NOT NULL CHECK (number >= 1),
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
  floor INTEGER,
  PRIMARY KEY (book, account, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  account INTEGER NOT NULL CHECK (account >= 1),
  number INTEGER NOT NULL CHECK (number >= 1),
  place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 32767),
  amount INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  PRIMARY KEY (book, account, number, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold_entries (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  account INTEGER NOT NULL CHECK (account >= 1),
  number INTEGER NOT NULL CHECK (number >= 1),
  place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 32767),
  hold INTEGER NOT NULL CHECK (hold >= 1),
  change INTEGER NOT NULL,
  held INTEGER NOT NULL,
  PRIMARY KEY (book, account, number, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX hold_entries_hold ON hold_entries (book, hold, number);

CREATE TABLE holds (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  hold INTEGER NOT NULL CHECK (hold >= 1),
  account INTEGER NOT NULL CHECK (account >= 1),
  receiver INTEGER CHECK (receiver >= 1),
  to_cash INTEGER NOT NULL CHECK (to_cash IN (0, 1)),
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency GLOB '[A-Z][A-Z][A-Z]'),
  minor_units INTEGER NOT NULL CHECK (minor_units BETWEEN 0 AND 4),
  asked_currency TEXT NOT NULL CHECK (length(asked_currency) = 3 AND asked_currency GLOB '[A-Z][A-Z][A-Z]'),
  asked_minor_units INTEGER NOT NULL CHECK (asked_minor_units BETWEEN 0 AND 4),
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
  authorised INTEGER NOT NULL,
  max_amount INTEGER,
  captured INTEGER NOT NULL,
  released INTEGER NOT NULL,
  expired INTEGER NOT NULL,
  remaining INTEGER NOT NULL,
  expires_at INTEGER CHECK (expires_at >= 0),
  due_at INTEGER CHECK (due_at >= 0),
  changed INTEGER NOT NULL CHECK (changed >= 1),
  PRIMARY KEY (book, hold)
) STRICT, WITHOUT ROWID;

CREATE INDEX holds_account ON holds (book, account, hold);

CREATE INDEX holds_due ON holds (book, due_at, hold) WHERE due_at IS NOT NULL;

CREATE INDEX holds_account_due ON holds (book, account, due_at, hold) WHERE due_at IS NOT NULL;

CREATE INDEX holds_receiver ON holds (book, receiver, hold) WHERE receiver IS NOT NULL;

CREATE TABLE captures (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  hold INTEGER NOT NULL CHECK (hold >= 1),
  number INTEGER NOT NULL CHECK (number >= 1),
  amount INTEGER NOT NULL,
  PRIMARY KEY (book, hold, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE reversals (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  original INTEGER NOT NULL CHECK (original >= 1),
  leg INTEGER NOT NULL CHECK (leg BETWEEN 0 AND 32767),
  number INTEGER NOT NULL CHECK (number >= 1),
  paid INTEGER NOT NULL,
  received INTEGER NOT NULL,
  paid_back INTEGER NOT NULL,
  received_back INTEGER NOT NULL,
  PRIMARY KEY (book, original, leg, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX reversals_number ON reversals (book, original, number);

CREATE TABLE reversed_operations (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  number INTEGER NOT NULL CHECK (number >= 1),
  is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)),
  PRIMARY KEY (book, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX reversed_operations_whole ON reversed_operations (book, is_whole, number);

CREATE TABLE idempotency_keys (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  digest BLOB NOT NULL CHECK (length(digest) = 16),
  number INTEGER NOT NULL CHECK (number >= 1),
  PRIMARY KEY (book, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotes (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency GLOB '[A-Z][A-Z][A-Z]'),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  units TEXT NOT NULL CHECK (units NOT GLOB '*[^0-9.]*' AND units GLOB '[0-9]*' AND units NOT GLOB '*.' AND units NOT GLOB '*.*.*' AND length(units) - length(ltrim(units, '0123456789')) <= 14 AND length(ltrim(units, '0123456789')) <= 15 AND units GLOB '*[1-9]*'),
  base TEXT NOT NULL CHECK (base NOT GLOB '*[^0-9.]*' AND base GLOB '[0-9]*' AND base NOT GLOB '*.' AND base NOT GLOB '*.*.*' AND length(base) - length(ltrim(base, '0123456789')) <= 14 AND length(ltrim(base, '0123456789')) <= 15 AND base GLOB '*[1-9]*'),
  source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 40 AND source GLOB '[a-z]*' AND substr(source, 2) NOT GLOB '*[^a-z0-9-]*'),
  PRIMARY KEY (book, currency, date, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  book TEXT NOT NULL REFERENCES books (book) CHECK (length(book) BETWEEN 1 AND 40 AND book GLOB '[a-z]*' AND substr(book, 2) NOT GLOB '*[^a-z0-9-]*'),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64 AND name GLOB '[A-Za-z0-9]*' AND substr(name, 2) NOT GLOB '*[^A-Za-z0-9._-]*'),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  scopes TEXT NOT NULL CHECK (length(scopes) BETWEEN 1 AND 64 AND scopes NOT GLOB '*[^a-z,]*' AND scopes NOT GLOB ',*' AND scopes NOT GLOB '*,' AND scopes NOT GLOB '*,,*'),
  created_at INTEGER NOT NULL CHECK (created_at >= 0),
  revoked_at INTEGER CHECK (revoked_at >= 0),
  expires_at INTEGER CHECK (expires_at >= 0),
  last_used_at INTEGER CHECK (last_used_at >= 0),
  networks TEXT CHECK (length(networks) BETWEEN 1 AND 1000 AND networks NOT GLOB '*[^0-9A-Fa-f.:/,]*' AND networks NOT GLOB ',*' AND networks NOT GLOB '*,' AND networks NOT GLOB '*,,*'),
  rate_limit INTEGER CHECK (rate_limit BETWEEN 1 AND 1000000),
  old_digest BLOB CHECK (length(old_digest) = 32),
  old_until INTEGER CHECK (old_until >= 0),
  PRIMARY KEY (book, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX api_keys_digest ON api_keys (digest);

CREATE INDEX api_keys_old_digest ON api_keys (old_digest);

CREATE TABLE operator_keys (
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64 AND name GLOB '[A-Za-z0-9]*' AND substr(name, 2) NOT GLOB '*[^A-Za-z0-9._-]*'),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  created_at INTEGER NOT NULL CHECK (created_at >= 0),
  revoked_at INTEGER CHECK (revoked_at >= 0),
  expires_at INTEGER CHECK (expires_at >= 0),
  last_used_at INTEGER CHECK (last_used_at >= 0),
  networks TEXT CHECK (length(networks) BETWEEN 1 AND 1000 AND networks NOT GLOB '*[^0-9A-Fa-f.:/,]*' AND networks NOT GLOB ',*' AND networks NOT GLOB '*,' AND networks NOT GLOB '*,,*'),
  rate_limit INTEGER CHECK (rate_limit BETWEEN 1 AND 1000000),
  old_digest BLOB CHECK (length(old_digest) = 32),
  old_until INTEGER CHECK (old_until >= 0),
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE INDEX operator_keys_digest ON operator_keys (digest);

CREATE INDEX operator_keys_old_digest ON operator_keys (old_digest);

CREATE TABLE schema_migrations (
  version INTEGER NOT NULL CHECK (version >= 1),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  checksum BLOB NOT NULL CHECK (length(checksum) = 32),
  applied_at INTEGER NOT NULL CHECK (applied_at >= 0),
  PRIMARY KEY (version)
) STRICT, WITHOUT ROWID;
