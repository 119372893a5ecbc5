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
