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
