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
