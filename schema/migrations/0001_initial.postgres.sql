CREATE TABLE books (
  book varchar(40) COLLATE "C" NOT NULL CONSTRAINT books_book_rule CHECK (length(book) >= 1 AND book ~ '^[a-z][a-z0-9-]*$'),
  base_currency varchar(3) COLLATE "C" NOT NULL CONSTRAINT books_base_currency_rule CHECK (length(base_currency) = 3 AND base_currency ~ '^[A-Z]{3}$'),
  quote_max_age_days integer NOT NULL CONSTRAINT books_quote_max_age_days_rule CHECK (quote_max_age_days BETWEEN 1 AND 3650),
  time_zone varchar(64) COLLATE "C" NOT NULL CONSTRAINT books_time_zone_rule CHECK (length(time_zone) >= 1 AND time_zone ~ '^[A-Za-z][A-Za-z0-9_+/-]*$'),
  terms_number bigint NOT NULL CONSTRAINT books_terms_number_rule CHECK (terms_number >= 1),
  clock_stands_at bigint CONSTRAINT books_clock_stands_at_rule CHECK (clock_stands_at >= 0),
  head_number bigint NOT NULL CONSTRAINT books_head_number_rule CHECK (head_number >= 1),
  head_hash bytea NOT NULL CONSTRAINT books_head_hash_rule CHECK (octet_length(head_hash) = 32),
  head_at bigint NOT NULL CONSTRAINT books_head_at_rule CHECK (head_at >= 0),
  epoch bigint NOT NULL,
  first_hash bytea NOT NULL CONSTRAINT books_first_hash_rule CHECK (octet_length(first_hash) = 32),
  quotes_hash bytea CONSTRAINT books_quotes_hash_rule CHECK (octet_length(quotes_hash) = 32),
  secret bytea NOT NULL CONSTRAINT books_secret_rule CHECK (octet_length(secret) = 32),
  folding integer NOT NULL CONSTRAINT books_folding_rule CHECK (folding >= 1),
  PRIMARY KEY (book)
);

CREATE TABLE operations (
  book varchar(40) COLLATE "C" NOT NULL,
  number bigint NOT NULL CONSTRAINT operations_number_rule CHECK (number >= 1),
  group_number bigint NOT NULL CONSTRAINT operations_group_number_rule CHECK (group_number >= 1),
  kind smallint NOT NULL CONSTRAINT operations_kind_rule CHECK (kind BETWEEN 1 AND 99),
  at bigint NOT NULL CONSTRAINT operations_at_rule CHECK (at >= 0),
  actor varchar(64) COLLATE "C" NOT NULL CONSTRAINT operations_actor_rule CHECK (length(actor) >= 1 AND actor ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'),
  key varchar(255) COLLATE "C" CONSTRAINT operations_key_rule CHECK (length(key) >= 1 AND key ~ '^[!-~]+$'),
  batch_key bytea,
  fingerprint bytea NOT NULL CONSTRAINT operations_fingerprint_rule CHECK (octet_length(fingerprint) = 32),
  body text COLLATE "C" NOT NULL,
  entries bytea NOT NULL,
  hash bytea NOT NULL CONSTRAINT operations_hash_rule CHECK (octet_length(hash) = 32),
  PRIMARY KEY (book, number)
);

CREATE TABLE personal_values (
  book varchar(40) COLLATE "C" NOT NULL,
  number bigint NOT NULL CONSTRAINT personal_values_number_rule CHECK (number >= 1),
  customer bigint NOT NULL CONSTRAINT personal_values_customer_rule CHECK (customer >= 1),
  is_current boolean NOT NULL,
  salt bytea NOT NULL CONSTRAINT personal_values_salt_rule CHECK (octet_length(salt) = 32),
  name varchar(200) COLLATE "C" NOT NULL CONSTRAINT personal_values_name_rule CHECK (length(name) >= 1),
  city varchar(100) COLLATE "C" NOT NULL CONSTRAINT personal_values_city_rule CHECK (length(city) >= 1),
  code varchar(64) COLLATE "C" CONSTRAINT personal_values_code_rule CHECK (length(code) >= 1),
  metadata varchar(4000) COLLATE "C" CONSTRAINT personal_values_metadata_rule CHECK (length(metadata) >= 1),
  name_folded text COLLATE "C" NOT NULL,
  PRIMARY KEY (book, number)
);

CREATE UNIQUE INDEX personal_values_code ON personal_values (book, code) WHERE is_current AND code IS NOT NULL;

CREATE INDEX personal_values_customer ON personal_values (book, customer);

CREATE INDEX personal_values_name ON personal_values (book, name_folded, number);

CREATE TABLE customers (
  book varchar(40) COLLATE "C" NOT NULL,
  customer bigint NOT NULL CONSTRAINT customers_customer_rule CHECK (customer >= 1),
  country varchar(2) COLLATE "C" NOT NULL CONSTRAINT customers_country_rule CHECK (length(country) = 2 AND country ~ '^[A-Z]{2}$'),
  changed bigint NOT NULL CONSTRAINT customers_changed_rule CHECK (changed >= 1),
  is_erased boolean NOT NULL,
  PRIMARY KEY (book, customer)
);

CREATE INDEX customers_country ON customers (book, country, customer);

CREATE TABLE customer_changes (
  book varchar(40) COLLATE "C" NOT NULL,
  customer bigint NOT NULL CONSTRAINT customer_changes_customer_rule CHECK (customer >= 1),
  number bigint NOT NULL CONSTRAINT customer_changes_number_rule CHECK (number >= 1),
  PRIMARY KEY (book, customer, number)
);

CREATE TABLE accounts (
  book varchar(40) COLLATE "C" NOT NULL,
  account bigint NOT NULL CONSTRAINT accounts_account_rule CHECK (account >= 1),
  kind smallint NOT NULL CONSTRAINT accounts_kind_rule CHECK (kind BETWEEN 1 AND 4),
  customer bigint CONSTRAINT accounts_customer_rule CHECK (customer >= 1),
  currency varchar(3) COLLATE "C" NOT NULL CONSTRAINT accounts_currency_rule CHECK (length(currency) = 3 AND currency ~ '^[A-Z]{3}$'),
  minor_units smallint NOT NULL CONSTRAINT accounts_minor_units_rule CHECK (minor_units BETWEEN 0 AND 4),
  code varchar(64) COLLATE "C" CONSTRAINT accounts_code_rule CHECK (length(code) >= 1),
  status smallint NOT NULL CONSTRAINT accounts_status_rule CHECK (status BETWEEN 1 AND 4),
  floor bigint,
  PRIMARY KEY (book, account)
);

CREATE UNIQUE INDEX accounts_code ON accounts (book, code) WHERE code IS NOT NULL;

CREATE INDEX accounts_customer ON accounts (book, customer, account) WHERE customer IS NOT NULL;

CREATE INDEX accounts_kind ON accounts (book, kind, currency, account);

CREATE TABLE account_changes (
  book varchar(40) COLLATE "C" NOT NULL,
  account bigint NOT NULL CONSTRAINT account_changes_account_rule CHECK (account >= 1),
  number bigint NOT NULL CONSTRAINT account_changes_number_rule CHECK (number >= 1),
  status smallint NOT NULL CONSTRAINT account_changes_status_rule CHECK (status BETWEEN 1 AND 4),
  floor bigint,
  PRIMARY KEY (book, account, number)
);

CREATE TABLE entries (
  book varchar(40) COLLATE "C" NOT NULL,
  account bigint NOT NULL CONSTRAINT entries_account_rule CHECK (account >= 1),
  number bigint NOT NULL CONSTRAINT entries_number_rule CHECK (number >= 1),
  place smallint NOT NULL CONSTRAINT entries_place_rule CHECK (place >= 0),
  amount bigint NOT NULL,
  balance bigint NOT NULL,
  PRIMARY KEY (book, account, number, place)
);

CREATE TABLE hold_entries (
  book varchar(40) COLLATE "C" NOT NULL,
  account bigint NOT NULL CONSTRAINT hold_entries_account_rule CHECK (account >= 1),
  number bigint NOT NULL CONSTRAINT hold_entries_number_rule CHECK (number >= 1),
  place smallint NOT NULL CONSTRAINT hold_entries_place_rule CHECK (place >= 0),
  hold bigint NOT NULL CONSTRAINT hold_entries_hold_rule CHECK (hold >= 1),
  change bigint NOT NULL,
  held bigint NOT NULL,
  PRIMARY KEY (book, account, number, place)
);

CREATE INDEX hold_entries_hold ON hold_entries (book, hold, number);

CREATE TABLE holds (
  book varchar(40) COLLATE "C" NOT NULL,
  hold bigint NOT NULL CONSTRAINT holds_hold_rule CHECK (hold >= 1),
  account bigint NOT NULL CONSTRAINT holds_account_rule CHECK (account >= 1),
  receiver bigint CONSTRAINT holds_receiver_rule CHECK (receiver >= 1),
  to_cash boolean NOT NULL,
  currency varchar(3) COLLATE "C" NOT NULL CONSTRAINT holds_currency_rule CHECK (length(currency) = 3 AND currency ~ '^[A-Z]{3}$'),
  minor_units smallint NOT NULL CONSTRAINT holds_minor_units_rule CHECK (minor_units BETWEEN 0 AND 4),
  asked_currency varchar(3) COLLATE "C" NOT NULL CONSTRAINT holds_asked_currency_rule CHECK (length(asked_currency) = 3 AND asked_currency ~ '^[A-Z]{3}$'),
  asked_minor_units smallint NOT NULL CONSTRAINT holds_asked_minor_units_rule CHECK (asked_minor_units BETWEEN 0 AND 4),
  status smallint NOT NULL CONSTRAINT holds_status_rule CHECK (status BETWEEN 1 AND 4),
  authorised bigint NOT NULL,
  max_amount bigint,
  captured bigint NOT NULL,
  released bigint NOT NULL,
  expired bigint NOT NULL,
  remaining bigint NOT NULL,
  expires_at bigint CONSTRAINT holds_expires_at_rule CHECK (expires_at >= 0),
  due_at bigint CONSTRAINT holds_due_at_rule CHECK (due_at >= 0),
  changed bigint NOT NULL CONSTRAINT holds_changed_rule CHECK (changed >= 1),
  PRIMARY KEY (book, hold)
);

CREATE INDEX holds_account ON holds (book, account, hold);

CREATE INDEX holds_due ON holds (book, due_at, hold) WHERE due_at IS NOT NULL;

CREATE INDEX holds_account_due ON holds (book, account, due_at, hold) WHERE due_at IS NOT NULL;

CREATE INDEX holds_receiver ON holds (book, receiver, hold) WHERE receiver IS NOT NULL;

CREATE TABLE captures (
  book varchar(40) COLLATE "C" NOT NULL,
  hold bigint NOT NULL CONSTRAINT captures_hold_rule CHECK (hold >= 1),
  number bigint NOT NULL CONSTRAINT captures_number_rule CHECK (number >= 1),
  amount bigint NOT NULL,
  PRIMARY KEY (book, hold, number)
);

CREATE TABLE reversals (
  book varchar(40) COLLATE "C" NOT NULL,
  original bigint NOT NULL CONSTRAINT reversals_original_rule CHECK (original >= 1),
  leg smallint NOT NULL CONSTRAINT reversals_leg_rule CHECK (leg >= 0),
  number bigint NOT NULL CONSTRAINT reversals_number_rule CHECK (number >= 1),
  paid bigint NOT NULL,
  received bigint NOT NULL,
  paid_back bigint NOT NULL,
  received_back bigint NOT NULL,
  PRIMARY KEY (book, original, leg, number)
);

CREATE INDEX reversals_number ON reversals (book, original, number);

CREATE TABLE reversed_operations (
  book varchar(40) COLLATE "C" NOT NULL,
  number bigint NOT NULL CONSTRAINT reversed_operations_number_rule CHECK (number >= 1),
  is_whole boolean NOT NULL,
  PRIMARY KEY (book, number)
);

CREATE INDEX reversed_operations_whole ON reversed_operations (book, is_whole, number);

CREATE TABLE idempotency_keys (
  book varchar(40) COLLATE "C" NOT NULL,
  digest bytea NOT NULL CONSTRAINT idempotency_keys_digest_rule CHECK (octet_length(digest) = 16),
  number bigint NOT NULL CONSTRAINT idempotency_keys_number_rule CHECK (number >= 1),
  PRIMARY KEY (book, digest)
);

CREATE TABLE quotes (
  book varchar(40) COLLATE "C" NOT NULL,
  currency varchar(3) COLLATE "C" NOT NULL CONSTRAINT quotes_currency_rule CHECK (length(currency) = 3 AND currency ~ '^[A-Z]{3}$'),
  date date NOT NULL,
  revision bigint NOT NULL CONSTRAINT quotes_revision_rule CHECK (revision >= 1),
  units numeric(28,14) NOT NULL CONSTRAINT quotes_units_rule CHECK (units > 0),
  base numeric(28,14) NOT NULL CONSTRAINT quotes_base_rule CHECK (base > 0),
  source varchar(40) COLLATE "C" NOT NULL CONSTRAINT quotes_source_rule CHECK (length(source) >= 1 AND source ~ '^[a-z][a-z0-9-]*$'),
  PRIMARY KEY (book, currency, date, revision)
);

CREATE TABLE api_keys (
  book varchar(40) COLLATE "C" NOT NULL REFERENCES books (book) CONSTRAINT api_keys_book_rule CHECK (length(book) >= 1 AND book ~ '^[a-z][a-z0-9-]*$'),
  name varchar(64) COLLATE "C" NOT NULL CONSTRAINT api_keys_name_rule CHECK (length(name) >= 1 AND name ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'),
  digest bytea NOT NULL CONSTRAINT api_keys_digest_rule CHECK (octet_length(digest) = 32),
  scopes varchar(64) COLLATE "C" NOT NULL CONSTRAINT api_keys_scopes_rule CHECK (length(scopes) >= 1 AND scopes ~ '^[a-z]+(,[a-z]+)*$'),
  created_at bigint NOT NULL CONSTRAINT api_keys_created_at_rule CHECK (created_at >= 0),
  revoked_at bigint CONSTRAINT api_keys_revoked_at_rule CHECK (revoked_at >= 0),
  expires_at bigint CONSTRAINT api_keys_expires_at_rule CHECK (expires_at >= 0),
  last_used_at bigint CONSTRAINT api_keys_last_used_at_rule CHECK (last_used_at >= 0),
  networks varchar(1000) COLLATE "C" CONSTRAINT api_keys_networks_rule CHECK (length(networks) >= 1 AND networks ~ '^[0-9A-Fa-f.:/]+(,[0-9A-Fa-f.:/]+)*$'),
  rate_limit integer CONSTRAINT api_keys_rate_limit_rule CHECK (rate_limit BETWEEN 1 AND 1000000),
  old_digest bytea CONSTRAINT api_keys_old_digest_rule CHECK (octet_length(old_digest) = 32),
  old_until bigint CONSTRAINT api_keys_old_until_rule CHECK (old_until >= 0),
  PRIMARY KEY (book, name)
);

CREATE INDEX api_keys_digest ON api_keys (digest);

CREATE INDEX api_keys_old_digest ON api_keys (old_digest);

CREATE TABLE operator_keys (
  name varchar(64) COLLATE "C" NOT NULL CONSTRAINT operator_keys_name_rule CHECK (length(name) >= 1 AND name ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'),
  digest bytea NOT NULL CONSTRAINT operator_keys_digest_rule CHECK (octet_length(digest) = 32),
  created_at bigint NOT NULL CONSTRAINT operator_keys_created_at_rule CHECK (created_at >= 0),
  revoked_at bigint CONSTRAINT operator_keys_revoked_at_rule CHECK (revoked_at >= 0),
  expires_at bigint CONSTRAINT operator_keys_expires_at_rule CHECK (expires_at >= 0),
  last_used_at bigint CONSTRAINT operator_keys_last_used_at_rule CHECK (last_used_at >= 0),
  networks varchar(1000) COLLATE "C" CONSTRAINT operator_keys_networks_rule CHECK (length(networks) >= 1 AND networks ~ '^[0-9A-Fa-f.:/]+(,[0-9A-Fa-f.:/]+)*$'),
  rate_limit integer CONSTRAINT operator_keys_rate_limit_rule CHECK (rate_limit BETWEEN 1 AND 1000000),
  old_digest bytea CONSTRAINT operator_keys_old_digest_rule CHECK (octet_length(old_digest) = 32),
  old_until bigint CONSTRAINT operator_keys_old_until_rule CHECK (old_until >= 0),
  PRIMARY KEY (name)
);

CREATE INDEX operator_keys_digest ON operator_keys (digest);

CREATE INDEX operator_keys_old_digest ON operator_keys (old_digest);

CREATE TABLE schema_migrations (
  version integer NOT NULL CONSTRAINT schema_migrations_version_rule CHECK (version >= 1),
  name varchar(100) COLLATE "C" NOT NULL CONSTRAINT schema_migrations_name_rule CHECK (length(name) >= 1),
  checksum bytea NOT NULL CONSTRAINT schema_migrations_checksum_rule CHECK (octet_length(checksum) = 32),
  applied_at bigint NOT NULL CONSTRAINT schema_migrations_applied_at_rule CHECK (applied_at >= 0),
  PRIMARY KEY (version)
);
