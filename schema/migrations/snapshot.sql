-- The types of the columns. A length, a precision or a pattern is said here and nowhere else: the value
-- types, their validators, the DDL of each engine and the API's constraints are generated from these lines.

-- A book's name: lower-case ASCII letters, digits and hyphens, starting with a letter.
CREATE DOMAIN book_name AS varchar(40) CHECK (VALUE ~ '^[a-z][a-z0-9-]*$');

-- An ISO 4217 currency code.
CREATE DOMAIN currency_code AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');

-- An ISO 3166-1 alpha-2 country code.
CREATE DOMAIN country_code AS char(2) CHECK (VALUE ~ '^[A-Z]{2}$');

-- What a customer is called.
CREATE DOMAIN customer_name AS varchar(200);

-- A city's name.
CREATE DOMAIN city_name AS varchar(100);

-- The caller's own id of a customer.
CREATE DOMAIN customer_code AS varchar(64);

-- The caller's own name of an account, such as "fees".
CREATE DOMAIN account_code AS varchar(64);

-- What an operation was for. Not for personal data: it cannot be erased.
CREATE DOMAIN description AS varchar(500);

-- A JSON object of the caller's own, compact.
CREATE DOMAIN metadata AS varchar(4000);

-- An idempotency key: visible ASCII characters.
CREATE DOMAIN idempotency_key AS varchar(255) CHECK (VALUE ~ '^[!-~]+$');

-- The name of an API key, which is the actor of the operations it makes.
CREATE DOMAIN key_name AS varchar(64) CHECK (VALUE ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$');

-- The scopes of an API key, separated by a comma.
CREATE DOMAIN key_scopes AS varchar(64) CHECK (VALUE ~ '^[a-z]+(,[a-z]+)*$');

-- Units of the book's base currency for one unit of a currency; more than zero.
CREATE DOMAIN quote_rate AS numeric(28,14) CHECK (VALUE > 0);

-- Where a quote came from, such as "ecb".
CREATE DOMAIN quote_source AS varchar(40) CHECK (VALUE ~ '^[a-z][a-z0-9-]*$');

-- The days for which a quote may be used after its date.
CREATE DOMAIN quote_max_age_days AS integer CHECK (VALUE BETWEEN 1 AND 3650);

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

-- The first 16 bytes of the SHA-256 digest of an idempotency key.
CREATE DOMAIN key_digest AS bytea CHECK (octet_length(VALUE) = 16);
-- A book is an independent ledger. Its row is the guard of its journal: every batch moves it.
CREATE TABLE books (
  -- The book's name.
  book book_name NOT NULL,
  -- The currency in which quotes are expressed. Fixed by the first operation.
  base_currency currency_code NOT NULL,
  -- How long a quote may be used. Fixed by the first operation.
  quote_max_age_days quote_max_age_days NOT NULL,
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

-- Accounts, without their balances: an account's balance is that of its last entry, so that moving money never touches this table.
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
  -- What open holds reserve.
  held amount_minor NOT NULL,
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
  -- The rate.
  rate quote_rate NOT NULL,
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
  PRIMARY KEY (book, name)
);
CREATE INDEX api_keys_digest ON api_keys (digest);

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
  PRIMARY KEY (name)
);
CREATE INDEX operator_keys_digest ON operator_keys (digest);

-- The migrations that made these tables.
CREATE TABLE schema_migrations (
  -- 1 for the first.
  version integer NOT NULL CHECK (version >= 1),
  -- What it was for.
  name varchar(100) NOT NULL,
  -- When it was applied.
  applied_at instant NOT NULL,
  PRIMARY KEY (version)
);
