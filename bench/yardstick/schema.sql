-- The yardstick P: what a careful engineer would write by hand in PL/pgSQL for a transfer between two wallets.
-- Every index earns its place, and nothing is unlogged.
--   psql -v accounts=100000 -f schema.sql

DROP TABLE IF EXISTS idempotency_keys, entries, operations, accounts;
DROP SEQUENCE IF EXISTS operation_numbers;

-- Room on each page lets an update of a balance stay on it (HOT), without touching the index.
CREATE TABLE accounts (
  id bigint PRIMARY KEY,
  currency char(3) NOT NULL,
  balance bigint NOT NULL CHECK (balance >= 0)
) WITH (fillfactor = 70);

-- A sequence takes numbers without waiting for other transfers.
CREATE SEQUENCE operation_numbers CACHE 50;

CREATE TABLE operations (
  id bigint PRIMARY KEY,
  kind smallint NOT NULL,
  at timestamptz NOT NULL,
  sender bigint NOT NULL,
  receiver bigint NOT NULL,
  amount bigint NOT NULL,
  description text
);

-- The key serves an account's history; a look-up by operation goes through the operation's two accounts.
CREATE TABLE entries (
  account bigint NOT NULL,
  operation bigint NOT NULL,
  amount bigint NOT NULL,
  balance bigint NOT NULL,
  PRIMARY KEY (account, operation)
);

CREATE TABLE idempotency_keys (
  key uuid PRIMARY KEY,
  operation bigint NOT NULL
);

-- Answers the operation's number; the same key answers the same number and moves nothing.
CREATE OR REPLACE FUNCTION transfer(_key uuid, _from bigint, _to bigint, _amount bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  _operation bigint;
  _from_balance bigint;
  _to_balance bigint;
BEGIN
  IF _amount <= 0 OR _from = _to THEN
    RAISE EXCEPTION 'invalid transfer' USING ERRCODE = 'check_violation';
  END IF;

  _operation := nextval('operation_numbers');
  INSERT INTO idempotency_keys (key, operation) VALUES (_key, _operation) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN (SELECT operation FROM idempotency_keys WHERE key = _key);
  END IF;

  -- Both accounts are locked in the order of their ids, so that two transfers never wait for each other in a circle.
  PERFORM 1 FROM accounts WHERE id IN (_from, _to) ORDER BY id FOR NO KEY UPDATE;
  SELECT balance INTO _from_balance FROM accounts WHERE id = _from;
  IF _from_balance IS NULL OR _from_balance < _amount THEN
    RAISE EXCEPTION 'no such account, or insufficient funds' USING ERRCODE = 'check_violation';
  END IF;

  UPDATE accounts SET balance = balance - _amount WHERE id = _from RETURNING balance INTO _from_balance;
  UPDATE accounts SET balance = balance + _amount WHERE id = _to RETURNING balance INTO _to_balance;
  IF _to_balance IS NULL THEN
    RAISE EXCEPTION 'no such account' USING ERRCODE = 'check_violation';
  END IF;

  INSERT INTO operations (id, kind, at, sender, receiver, amount) VALUES (_operation, 1, clock_timestamp(), _from, _to, _amount);
  INSERT INTO entries (account, operation, amount, balance) VALUES (_from, _operation, -_amount, _from_balance), (_to, _operation, _amount, _to_balance);
  RETURN _operation;
END
$$;

-- The same without a lock of its own: what someone finds who measures for days.
CREATE OR REPLACE FUNCTION transfer_terse(_key uuid, _from bigint, _to bigint, _amount bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  _operation bigint := nextval('operation_numbers');
  _from_balance bigint;
  _to_balance bigint;
BEGIN
  IF _amount <= 0 OR _from = _to THEN
    RAISE EXCEPTION 'invalid transfer' USING ERRCODE = 'check_violation';
  END IF;

  INSERT INTO idempotency_keys (key, operation) VALUES (_key, _operation) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN (SELECT operation FROM idempotency_keys WHERE key = _key);
  END IF;

  -- Both rows are locked in the order of their ids, so that two transfers never wait for each other in a circle. A row is
  -- locked by its own update, which answers its new balance: a separate SELECT ... FOR UPDATE would visit each row twice.
  IF _from < _to THEN
    UPDATE accounts SET balance = balance - _amount WHERE id = _from AND balance >= _amount RETURNING balance INTO _from_balance;
    UPDATE accounts SET balance = balance + _amount WHERE id = _to RETURNING balance INTO _to_balance;
  ELSE
    UPDATE accounts SET balance = balance + _amount WHERE id = _to RETURNING balance INTO _to_balance;
    UPDATE accounts SET balance = balance - _amount WHERE id = _from AND balance >= _amount RETURNING balance INTO _from_balance;
  END IF;
  IF _from_balance IS NULL OR _to_balance IS NULL THEN
    RAISE EXCEPTION 'no such account, or insufficient funds' USING ERRCODE = 'check_violation';
  END IF;

  INSERT INTO operations (id, kind, at, sender, receiver, amount) VALUES (_operation, 1, clock_timestamp(), _from, _to, _amount);
  INSERT INTO entries (account, operation, amount, balance) VALUES (_from, _operation, -_amount, _from_balance), (_to, _operation, _amount, _to_balance);
  RETURN _operation;
END
$$;

INSERT INTO accounts SELECT id, 'EUR', 1000000000 FROM generate_series(1, :accounts) AS id;
VACUUM (ANALYZE) accounts;
