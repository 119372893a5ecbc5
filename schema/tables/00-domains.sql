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
