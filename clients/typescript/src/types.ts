// What calls take and answer. Amounts are decimal strings, ids are strings of digits, instants are RFC 3339 in UTC.
import type { ErrorCode, OperationKind } from './schema.js';

export type { ErrorCode, OperationKind } from './schema.js';

/** A decimal such as `"100.00"`. Never a number: a double loses money. */
export type Amount = string;

/** The number of the operation that made the thing. */
export type Id = string;

export type AccountKind = 'wallet' | 'internal' | 'cash' | 'exchange';
export type AccountStatus = 'open' | 'debits_frozen' | 'frozen' | 'closed';
export type HoldStatus = 'open' | 'captured' | 'released' | 'expired';
export type Scope = 'read' | 'transfer' | 'cash' | 'quotes' | 'admin';
export type Metadata = Record<string, unknown>;

export interface Account {
  id: Id;
  kind: AccountKind;
  customer: Id | null;
  currency: string;
  code: string | null;
  status: AccountStatus;
  posted: Amount;
  held: Amount;
  floor: Amount | null;
  available: Amount | null;
  asOf: Id;
}

export interface Customer {
  id: Id;
  name: string | null;
  country: string;
  city: string | null;
  code: string | null;
  metadata: Metadata;
  erased: boolean;
  asOf: Id;
  /** Of a registration only. */
  wallets?: Account[];
}

export interface Entry {
  account: Id | null;
  amount: Amount;
  currency: string;
  balance: Amount;
}

export interface UsedQuote {
  units: string;
  base: string;
  date: string;
  revision: Id;
}

export interface Exchange {
  from: string;
  to: string;
  rate: string;
  date: string;
  fromQuote: UsedQuote;
  toQuote: UsedQuote;
}

export interface Hold {
  id: Id;
  account: Id;
  /** An account, `cash`, or nobody yet; left out where an operation of the journal does not say. */
  to?: string | null;
  currency: string;
  status: HoldStatus;
  authorised: Amount;
  maxAmount: Amount | null;
  captured: Amount;
  released: Amount;
  expired: Amount;
  remaining: Amount;
  expiresAt: string | null;
  /** Of a single hold only. */
  captures?: { operation: Id | null; amount: Amount }[];
}

export interface HeldChange {
  hold: Id | null;
  account: Id;
  currency: string;
  change: Amount;
  held: Amount;
}

export interface Reverses {
  id: Id;
  amount: Amount;
  currency: string;
  remaining: Amount;
  reversed: 'partly' | 'fully';
  difference: 'house' | 'sender' | 'receiver';
  reason?: string | null;
  legs?: { leg: number; amount: Amount; currency: string; received?: Amount; receivedCurrency?: string }[];
}

export interface Operation {
  /** Left out in a dry run, as are `group` and `hash`. */
  id?: Id;
  group?: Id;
  kind: OperationKind;
  at: string;
  actor: string;
  key: string | null;
  entries: Entry[];
  holds?: HeldChange[];
  hold?: Hold;
  legs?: { to: string | null; taken: Amount; received: Amount; currency: string; exchange?: Exchange }[];
  exchange?: Exchange;
  reverses?: Reverses;
  /** Of a single operation that moved money. */
  reversedBy?: { id: Id; amount: Amount; currency: string }[];
  reversed?: 'none' | 'partly' | 'fully';
  reversible?: { amount: Amount; currency: string; received?: Amount; receivedCurrency?: string } | null;
  customer?: Id;
  account?: Id | null;
  accountKind?: AccountKind;
  currency?: string;
  what?: 'debits' | 'all';
  floor?: Amount | null;
  date?: string;
  source?: string;
  quotes?: Record<string, { units: string; base: string }>;
  baseCurrency?: string;
  quoteMaxAgeDays?: number;
  timeZone?: string;
  description: string | null;
  metadata: Metadata;
  hash?: string;
  /** Of a feed that was asked for them: the hashes that its own hash is made of, after the one before it. */
  leaves?: string[];
}

export interface Quote {
  currency: string;
  date: string;
  units: string;
  base: string;
  revision: Id;
  source: string;
}

export interface QuotesInForce {
  date: string;
  baseCurrency: string;
  items: Quote[];
  next: string | null;
}

export interface QuoteLoad {
  source: string;
  firstDate: string | null;
  lastDate: string | null;
  dates: number;
  loaded: number;
  unchanged: number;
  operations: number;
  operation: Id | null;
  skipped: { currency: string; code: string; detail: string }[];
}

export interface Book {
  name: string;
  baseCurrency: string;
  quoteMaxAgeDays: number;
  timeZone: string;
  head: { number: Id; hash: string; at: string };
}

export interface ApiKey {
  name: string;
  scopes: Scope[];
  createdAt: string;
  revokedAt: string | null;
  /** From when on it is not valid; null is never. */
  expiresAt: string | null;
  /** Told within a minute or so. */
  lastUsedAt: string | null;
  /** Addresses and networks, separated by commas; null is anywhere. */
  allowedNetworks: string | null;
  /** Requests a second; null is as often as the server lets keys. */
  rateLimit: number | null;
  /** Until when the secret before the last rotation is valid. */
  oldSecretUntil: string | null;
}

/** Until when, from where and how often a key may be used; null takes a limit away. */
export interface KeyTerms {
  expiresAt?: string | null;
  allowedNetworks?: string | null;
  rateLimit?: number | null;
}

/** With the secret, which is shown this once. */
export type NewKey = ApiKey & { key: string };

/** With its administrator's secret, which is shown this once. */
export type NewBook = Book & { key: string };

export interface Currency {
  code: string;
  numericCode: string;
  minorUnits: number | null;
  name: string;
  symbol: string;
}

export interface Country {
  code: string;
  alpha3: string;
  numericCode: string;
  name: string;
  currencies: string[];
}

export interface City {
  name: string;
  country: string;
  population: number;
}

export interface FieldError {
  /** Where in the body (RFC 6901); `parameter` for a query's. */
  pointer?: string;
  parameter?: string;
  code: string;
  detail: string;
}

export interface Candidate {
  id: Id;
  name: string;
  code: string | null;
  country: string;
  city: string;
}

/** An RFC 9457 document. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail?: string;
  errors?: FieldError[];
  moreErrors?: number;
  item?: number;
  cause?: ProblemDocument;
  candidates?: Candidate[];
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface ListQuery {
  limit?: number;
  order?: 'asc' | 'desc';
  cursor?: string;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Leg {
  from: Id;
  to: Id;
  amount: Amount;
}

export interface Note {
  description?: string;
  metadata?: Metadata;
}

export type RegisterCustomer = { name: string; country: string; city: string; code?: string; metadata?: Metadata; currency?: string };
export type ChangeCustomer = { name?: string; country?: string; city?: string; code?: string | null; metadata?: Metadata | null };
export type CashMove = Note & { wallet: Id; amount: Amount; currency?: string };
export type Transfer = Note & { from: Id; to: Id; amount: Amount; currency?: string };
export type Posting = Note & { legs: Leg[] };
export type PlaceHold = Note & {
  from: Id;
  amount: Amount;
  currency?: string;
  to?: string;
  maxAmount?: Amount;
  expiresAt?: string | null;
  expiresInSeconds?: number;
};
export type CaptureHold = Note & {
  amount?: Amount;
  currency?: string;
  to?: string;
  legs?: { to: Id; amount: Amount; currency?: string }[];
  final?: boolean;
};
export type Reverse = Note & {
  amount?: Amount;
  currency?: string;
  legs?: { leg: number; amount: Amount; currency?: string }[];
  difference?: 'house' | 'sender' | 'receiver';
  onInsufficient?: 'reject' | 'partial';
  reason?: string;
};
export type BatchItem = { kind: string; key?: string } & Record<string, unknown>;
export type Outcome = { status: number; body: Operation | ProblemDocument };

export interface StatementQuery {
  since?: string;
  until?: string;
  tz?: string;
  at?: string;
  format?: string;
  lang?: 'en' | 'ru' | 'de';
  holds?: boolean;
}

export interface OperationQuery extends ListQuery {
  account?: Id;
  customer?: Id;
  kind?: OperationKind;
  key?: string;
  reverses?: Id;
  reversed?: 'none' | 'partly' | 'fully';
  since?: string;
  until?: string;
}
