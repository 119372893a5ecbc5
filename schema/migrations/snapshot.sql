-- The types of the columns. A length, a precision or a pattern is said here and nowhere else: the value
-- types, their validators, the DDL of each engine and the API's constraints are generated from these lines.
-- @journal: values stand in the bodies of the journal, too, which no migration rewrites. A new limit holds for new values alone.

-- A book's name: lower-case ASCII letters, digits and hyphens, starting with a letter.
CREATE DOMAIN book_name AS varchar(40) CHECK (VALUE ~ '^[a-z][a-z0-9-]*$');

-- An ISO 4217 currency code.
-- @journal
CREATE DOMAIN currency_code AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');

-- An ISO 3166-1 alpha-2 country code.
-- @journal
CREATE DOMAIN country_code AS char(2) CHECK (VALUE ~ '^[A-Z]{2}$');

-- What a customer is called.
CREATE DOMAIN customer_name AS varchar(200);

-- A city's name.
CREATE DOMAIN city_name AS varchar(100);

-- The caller's own id of a customer.
CREATE DOMAIN customer_code AS varchar(64);

-- The caller's own name of an account, such as "fees".
-- @journal
CREATE DOMAIN account_code AS varchar(64);

-- What an operation was for. Not for personal data: it cannot be erased.
-- @journal
CREATE DOMAIN description AS varchar(500);

-- A JSON object of the caller's own, compact.
-- @journal
CREATE DOMAIN metadata AS varchar(4000);

-- An idempotency key: visible ASCII characters.
CREATE DOMAIN idempotency_key AS varchar(255) CHECK (VALUE ~ '^[!-~]+$');

-- The name of an API key, which is the actor of the operations it makes.
CREATE DOMAIN key_name AS varchar(64) CHECK (VALUE ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$');

-- The scopes of an API key, separated by a comma.
CREATE DOMAIN key_scopes AS varchar(64) CHECK (VALUE ~ '^[a-z]+(,[a-z]+)*$');

-- Where an API key may be used from: addresses and networks such as 10.0.0.0/8, separated by commas.
CREATE DOMAIN key_networks AS varchar(1000) CHECK (VALUE ~ '^[0-9A-Fa-f.:/]+(,[0-9A-Fa-f.:/]+)*$');

-- How often an API key may ask a second.
CREATE DOMAIN key_rate_limit AS integer CHECK (VALUE BETWEEN 1 AND 1000000);

-- For how long the secret of an API key before its rotation is valid, in seconds.
CREATE DOMAIN key_overlap_seconds AS integer CHECK (VALUE BETWEEN 0 AND 2592000);

-- One of the two figures of a quote, as it was published; more than zero.
CREATE DOMAIN quote_figure AS numeric(28,14) CHECK (VALUE > 0);

-- Where a quote came from, such as "ecb".
-- @journal
CREATE DOMAIN quote_source AS varchar(40) CHECK (VALUE ~ '^[a-z][a-z0-9-]*$');

-- The days for which a quote may be used after its date.
CREATE DOMAIN quote_max_age_days AS integer CHECK (VALUE BETWEEN 1 AND 3650);

-- The name of a time zone in the IANA's database, such as "Europe/Berlin".
-- @journal
CREATE DOMAIN zone_name AS varchar(64) CHECK (VALUE ~ '^[A-Za-z][A-Za-z0-9_+/-]*$');

-- Digits after the decimal point of a currency's minor unit.
CREATE DOMAIN minor_units AS smallint CHECK (VALUE BETWEEN 0 AND 4);

-- The number of an operation, and so the id of what it created.
CREATE DOMAIN operation_number AS bigint CHECK (VALUE >= 1);

-- An amount or a balance in minor units.
CREATE DOMAIN amount_minor AS bigint;

-- Microseconds since 1970-01-01T00:00:00Z.
CREATE DOMAIN instant AS bigint CHECK (VALUE >= 0);

-- A SHA-256 digest.
CREATE DOMAIN digest AS bytea CHECK (octet_length(VALUE) = 32);

-- The random bytes that are a book's secret.
CREATE DOMAIN book_secret AS bytea CHECK (octet_length(VALUE) = 32);

-- The first 16 bytes of the SHA-256 digest of an idempotency key.
CREATE DOMAIN key_digest AS bytea CHECK (octet_length(VALUE) = 16);
-- A book is an independent ledger. Its row is the guard of its journal: every batch moves it.
CREATE TABLE books (
  -- The book's name.
  book book_name NOT NULL,
  -- The currency in which quotes are expressed. Fixed by the first operation.
  base_currency currency_code NOT NULL,
  -- How long a quote may be used, since the last operation that changed it.
  quote_max_age_days quote_max_age_days NOT NULL,
  -- The time zone whose days count, since the last operation that changed it.
  time_zone zone_name NOT NULL,
  -- The number of the operation that set both last: the first, or a change of them, each of which names the one before.
  terms_number operation_number NOT NULL,
  -- The instant of the last operation at which time may stand still, where it is ahead of all clocks; null where it may not.
  clock_stands_at instant,
  -- The number of the last operation.
  head_number operation_number NOT NULL,
  -- The hash of the last operation.
  head_hash digest NOT NULL,
  -- The instant of the last operation.
  head_at instant NOT NULL,
  -- Raised to make a lost batch's late arrival impossible.
  epoch bigint NOT NULL,
  -- The hash of the first operation: tells this book from another one of the same name.
  first_hash digest NOT NULL,
  -- The hash of the last operation that loaded quotes: with the first hash, the name of a cached answer about quotes.
  quotes_hash digest,
  -- What the salts of the journal's leaves are made from; its digest is in the first operation.
  secret book_secret NOT NULL,
  -- The version of the table by which names were folded for search.
  folding integer NOT NULL CHECK (folding >= 1),
  PRIMARY KEY (book)
);
-- The journal: the one record of what happened. All tables below it but personal_values and the API keys are derived from it.
-- @guarded
CREATE TABLE operations (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- 1 for the book's first operation; without gaps.
  number operation_number NOT NULL,
  -- The number of the last operation of the group that was decided as one.
  group_number operation_number NOT NULL,
  -- The kind: see OperationKind.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 99),
  -- When it happened; never before the operation before it.
  at instant NOT NULL,
  -- The name of the API key that asked for it.
  actor key_name NOT NULL,
  -- The idempotency key.
  key idempotency_key,
  -- For an item of a batch that has a key of its own: the digest of that key (16 bytes), and, on the first of the batch's operations,
  -- that of the batch's contents behind it.
  batch_key bytea,
  -- The digest of the request, to tell a replay from a reused key.
  fingerprint digest NOT NULL,
  -- What was decided, as canonical JSON: exactly the bytes that are hashed.
  body text NOT NULL,
  -- The entries in their canonical binary form: exactly the bytes that are hashed.
  entries bytea NOT NULL,
  -- SHA-256 over the previous hash and the canonical form of this operation.
  hash digest NOT NULL,
  PRIMARY KEY (book, number)
);

-- The personal values of customers, past and present, each beside the salt of its digest in the journal.
-- Erasing a customer deletes its rows.
-- @record CustomerDetails
-- @guarded
CREATE TABLE personal_values (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The operation that set the values.
  number operation_number NOT NULL,
  -- The customer.
  customer operation_number NOT NULL,
  -- Whether the values are in force.
  is_current boolean NOT NULL,
  -- The salt of the values' digest and of the request's fingerprint.
  salt digest NOT NULL,
  -- @input
  -- What the customer is called.
  name customer_name NOT NULL,
  -- @input
  -- The city the customer lives in.
  city city_name NOT NULL,
  -- @input
  -- The caller's own id of the customer, unique in the book.
  code customer_code,
  -- @input
  -- A JSON object of the caller's own.
  metadata metadata,
  -- The name, folded for search.
  name_folded text NOT NULL,
  PRIMARY KEY (book, number)
);
CREATE UNIQUE INDEX personal_values_code ON personal_values (book, code) WHERE is_current AND code IS NOT NULL;
CREATE INDEX personal_values_customer ON personal_values (book, customer);
CREATE INDEX personal_values_name ON personal_values (book, name_folded, number);
-- Customers, as their last operation left them.
-- @guarded
CREATE TABLE customers (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The operation that registered the customer.
  customer operation_number NOT NULL,
  -- Where the customer lives.
  country country_code NOT NULL,
  -- The last operation that changed the customer.
  changed operation_number NOT NULL,
  -- Whether the personal values were erased.
  is_erased boolean NOT NULL,
  PRIMARY KEY (book, customer)
);
CREATE INDEX customers_country ON customers (book, country, customer);

-- Which operations made, changed or erased a customer.
-- @guarded
CREATE TABLE customer_changes (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The customer.
  customer operation_number NOT NULL,
  -- The operation.
  number operation_number NOT NULL,
  PRIMARY KEY (book, customer, number)
);

-- Accounts, without their balances: what an account has is the balance of its last entry, and what it has reserved stands in its last
-- hold entry, so that neither moving money nor reserving it ever touches this table.
-- @guarded
CREATE TABLE accounts (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The operation that opened the account.
  account operation_number NOT NULL,
  -- The kind: see AccountKind.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),
  -- The owner of a wallet.
  customer operation_number,
  -- The currency.
  currency currency_code NOT NULL,
  -- The digits of the currency's minor unit when the account was opened.
  minor_units minor_units NOT NULL,
  -- The caller's own name of the account, unique in the book.
  code account_code,
  -- The status: see AccountStatus.
  status smallint NOT NULL CHECK (status BETWEEN 1 AND 4),
  -- The lowest posted - held; null is none.
  floor amount_minor,
  PRIMARY KEY (book, account)
);
CREATE UNIQUE INDEX accounts_code ON accounts (book, code) WHERE code IS NOT NULL;
CREATE INDEX accounts_customer ON accounts (book, customer, account) WHERE customer IS NOT NULL;
CREATE INDEX accounts_kind ON accounts (book, kind, currency, account);

-- How an account's status and floor changed.
-- @guarded
CREATE TABLE account_changes (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The account.
  account operation_number NOT NULL,
  -- The operation that changed it.
  number operation_number NOT NULL,
  -- The status from then on.
  status smallint NOT NULL CHECK (status BETWEEN 1 AND 4),
  -- The floor from then on.
  floor amount_minor,
  PRIMARY KEY (book, account, number)
);

-- Each account's movements.
-- @guarded
CREATE TABLE entries (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The account.
  account operation_number NOT NULL,
  -- The operation.
  number operation_number NOT NULL,
  -- The place in the operation, from 0.
  place smallint NOT NULL CHECK (place >= 0),
  -- What moved; negative is a debit.
  amount amount_minor NOT NULL,
  -- The account's balance after it.
  balance amount_minor NOT NULL,
  PRIMARY KEY (book, account, number, place)
);

-- What each account has reserved: as entries are to its balance, so are these to what is held.
-- @guarded
CREATE TABLE hold_entries (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The account.
  account operation_number NOT NULL,
  -- The operation.
  number operation_number NOT NULL,
  -- The place in the operation, from 0.
  place smallint NOT NULL CHECK (place >= 0),
  -- The hold.
  hold operation_number NOT NULL,
  -- By how much the reserve changed; negative frees.
  change amount_minor NOT NULL,
  -- What all open holds of the account reserve after it.
  held amount_minor NOT NULL,
  PRIMARY KEY (book, account, number, place)
);
CREATE INDEX hold_entries_hold ON hold_entries (book, hold, number);

-- Holds, as their last operation left them.
-- @guarded
CREATE TABLE holds (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The operation that placed the hold.
  hold operation_number NOT NULL,
  -- The account whose money is reserved.
  account operation_number NOT NULL,
  -- The one account that captures may pay.
  receiver operation_number,
  -- Whether captures pay the outside world.
  to_cash boolean NOT NULL,
  -- The account's currency.
  currency currency_code NOT NULL,
  -- The digits of its minor unit.
  minor_units minor_units NOT NULL,
  -- The currency in which the hold was asked for.
  asked_currency currency_code NOT NULL,
  -- The digits of its minor unit.
  asked_minor_units minor_units NOT NULL,
  -- The status: see HoldStatus.
  status smallint NOT NULL CHECK (status BETWEEN 1 AND 4),
  -- What was reserved, with what it was increased by.
  authorised amount_minor NOT NULL,
  -- How far captures may go above it.
  max_amount amount_minor,
  -- What captures took.
  captured amount_minor NOT NULL,
  -- What was released.
  released amount_minor NOT NULL,
  -- What remained when its time came.
  expired amount_minor NOT NULL,
  -- What is still reserved.
  remaining amount_minor NOT NULL,
  -- When it ends; null is never.
  expires_at instant,
  -- The same while the hold is open, so that what is due is found; null from then on.
  due_at instant,
  -- The last operation that changed it.
  changed operation_number NOT NULL,
  PRIMARY KEY (book, hold)
);
CREATE INDEX holds_account ON holds (book, account, hold);
CREATE INDEX holds_due ON holds (book, due_at, hold) WHERE due_at IS NOT NULL;
CREATE INDEX holds_account_due ON holds (book, account, due_at, hold) WHERE due_at IS NOT NULL;
CREATE INDEX holds_receiver ON holds (book, receiver, hold) WHERE receiver IS NOT NULL;

-- The captures of each hold.
-- @guarded
CREATE TABLE captures (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The hold.
  hold operation_number NOT NULL,
  -- The capture.
  number operation_number NOT NULL,
  -- What it took, in minor units of the hold's account.
  amount amount_minor NOT NULL,
  PRIMARY KEY (book, hold, number)
);

-- What reversals took of the legs of their originals.
-- @guarded
CREATE TABLE reversals (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The operation that was reversed.
  original operation_number NOT NULL,
  -- The place of the leg in it, from 0.
  leg smallint NOT NULL CHECK (leg >= 0),
  -- The reversal.
  number operation_number NOT NULL,
  -- What it took of what the leg's payer lost.
  paid amount_minor NOT NULL,
  -- What it took of what the leg's receiver got.
  received amount_minor NOT NULL,
  -- What all reversals until then took of what the payer lost.
  paid_back amount_minor NOT NULL,
  -- What all reversals until then took of what the receiver got.
  received_back amount_minor NOT NULL,
  PRIMARY KEY (book, original, leg, number)
);
CREATE INDEX reversals_number ON reversals (book, original, number);

-- The operations of which something was reversed.
-- @guarded
CREATE TABLE reversed_operations (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The operation.
  number operation_number NOT NULL,
  -- Whether nothing of it remains.
  is_whole boolean NOT NULL,
  PRIMARY KEY (book, number)
);
CREATE INDEX reversed_operations_whole ON reversed_operations (book, is_whole, number);

-- Which operation answers for an idempotency key.
-- @guarded
CREATE TABLE idempotency_keys (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The digest of the key.
  digest key_digest NOT NULL,
  -- The last operation of the group.
  number operation_number NOT NULL,
  PRIMARY KEY (book, digest)
);

-- Quotes, every revision of them.
-- @guarded
CREATE TABLE quotes (
  -- The book.
  book book_name NOT NULL REFERENCES books (book),
  -- The currency.
  currency currency_code NOT NULL,
  -- The date from which it may be used.
  date date NOT NULL,
  -- The operation that loaded it.
  revision operation_number NOT NULL,
  -- So many units of the currency
  units quote_figure NOT NULL,
  -- are worth so much of the book's base currency.
  base quote_figure NOT NULL,
  -- Where it came from.
  source quote_source NOT NULL,
  PRIMARY KEY (book, currency, date, revision)
);
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
