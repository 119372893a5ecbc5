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
