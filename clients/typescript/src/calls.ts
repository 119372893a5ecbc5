// The calls as plans: one line a call. Kopeck's methods send them.
import { plan, type Plan } from './plan.js';
import type * as T from './types.js';

export const calls = {
  registerCustomer: (body: T.RegisterCustomer) => plan<T.Customer, '/v1/customers'>('POST', '/v1/customers', {}, { body }),
  customers: (query: T.ListQuery & { name?: string; code?: string; country?: string } = {}) =>
    plan<T.Page<T.Customer>, '/v1/customers'>('GET', '/v1/customers', {}, { query }),
  customer: (id: T.Id) => plan<T.Customer, '/v1/customers/{id}'>('GET', '/v1/customers/{id}', { id }),
  changeCustomer: (id: T.Id, body: T.ChangeCustomer) =>
    plan<T.Customer, '/v1/customers/{id}'>('PATCH', '/v1/customers/{id}', { id }, { body }),
  eraseCustomer: (id: T.Id) =>
    plan<T.Customer, '/v1/customers/{id}/personal-data'>('DELETE', '/v1/customers/{id}/personal-data', { id }),
  wallets: (customer: T.Id, query: T.ListQuery = {}) =>
    plan<T.Page<T.Account>, '/v1/customers/{id}/wallets'>('GET', '/v1/customers/{id}/wallets', { id: customer }, { query }),
  openWallet: (customer: T.Id, body: { currency: string; code?: string }) =>
    plan<T.Account, '/v1/customers/{id}/wallets'>('POST', '/v1/customers/{id}/wallets', { id: customer }, { body }),
  wallet: (id: T.Id, query: { at?: string } = {}) => plan<T.Account, '/v1/wallets/{id}'>('GET', '/v1/wallets/{id}', { id }, { query }),
  account: (id: T.Id, query: { at?: string } = {}) => plan<T.Account, '/v1/accounts/{id}'>('GET', '/v1/accounts/{id}', { id }, { query }),
  accounts: (query: T.ListQuery & { kind?: T.AccountKind; currency?: string; code?: string; customer?: T.Id } = {}) =>
    plan<T.Page<T.Account>, '/v1/accounts'>('GET', '/v1/accounts', {}, { query }),
  openAccount: (body: { code: string; currency: string; floor?: T.Amount | null }) =>
    plan<T.Account, '/v1/accounts'>('POST', '/v1/accounts', {}, { body }),
  freezeAccount: (id: T.Id, what: 'debits' | 'all') =>
    plan<T.Account, '/v1/accounts/{id}/freeze'>('POST', '/v1/accounts/{id}/freeze', { id }, { body: { what } }),
  unfreezeAccount: (id: T.Id) =>
    plan<T.Account, '/v1/accounts/{id}/unfreeze'>('POST', '/v1/accounts/{id}/unfreeze', { id }, { body: {} }),
  closeAccount: (id: T.Id) => plan<T.Account, '/v1/accounts/{id}/close'>('POST', '/v1/accounts/{id}/close', { id }, { body: {} }),
  setFloor: (id: T.Id, floor: T.Amount | null) =>
    plan<T.Account, '/v1/accounts/{id}/floor'>('PUT', '/v1/accounts/{id}/floor', { id }, { body: { floor } }),

  deposit: (body: T.CashMove) => plan<T.Operation, '/v1/deposits'>('POST', '/v1/deposits', {}, { body }),
  withdraw: (body: T.CashMove) => plan<T.Operation, '/v1/withdrawals'>('POST', '/v1/withdrawals', {}, { body }),
  transfer: (body: T.Transfer) => plan<T.Operation, '/v1/transfers'>('POST', '/v1/transfers', {}, { body }),
  post: (body: T.Posting) => plan<T.Operation, '/v1/postings'>('POST', '/v1/postings', {}, { body }),
  placeHold: (body: T.PlaceHold) => plan<T.Operation, '/v1/holds'>('POST', '/v1/holds', {}, { body }),
  increaseHold: (id: T.Id, body: { by?: T.Amount; amount?: T.Amount; maxAmount?: T.Amount }) =>
    plan<T.Operation, '/v1/holds/{id}/increase'>('POST', '/v1/holds/{id}/increase', { id }, { body }),
  extendHold: (id: T.Id, body: { expiresAt?: string | null; expiresInSeconds?: number }) =>
    plan<T.Operation, '/v1/holds/{id}/extend'>('POST', '/v1/holds/{id}/extend', { id }, { body }),
  captureHold: (id: T.Id, body: T.CaptureHold = {}) =>
    plan<T.Operation, '/v1/holds/{id}/capture'>('POST', '/v1/holds/{id}/capture', { id }, { body }),
  releaseHold: (id: T.Id, body: { amount?: T.Amount } = {}) =>
    plan<T.Operation, '/v1/holds/{id}/release'>('POST', '/v1/holds/{id}/release', { id }, { body }),
  hold: (id: T.Id, query: { at?: string } = {}) => plan<T.Hold, '/v1/holds/{id}'>('GET', '/v1/holds/{id}', { id }, { query }),
  holds: (query: T.ListQuery & { account?: T.Id; customer?: T.Id; status?: T.HoldStatus; to?: string; expiresBefore?: string } = {}) =>
    plan<T.Page<T.Hold>, '/v1/holds'>('GET', '/v1/holds', {}, { query }),
  reverse: (id: T.Id, body: T.Reverse = {}) =>
    plan<T.Operation, '/v1/operations/{id}/reverse'>('POST', '/v1/operations/{id}/reverse', { id }, { body }),
  batch: (operations: T.BatchItem[], atomic = false) =>
    plan<{ outcomes: T.Outcome[] }, '/v1/batches'>('POST', '/v1/batches', {}, { body: { atomic, operations } }),

  operation: (id: T.Id, query: { at?: string } = {}) =>
    plan<T.Operation, '/v1/operations/{id}'>('GET', '/v1/operations/{id}', { id }, { query }),
  operations: (query: T.OperationQuery = {}) => plan<T.Page<T.Operation>, '/v1/operations'>('GET', '/v1/operations', {}, { query }),
  journal: (query: { after?: string; leaves?: boolean } = {}) =>
    plan<T.Operation, '/v1/journal'>('GET', '/v1/journal', {}, { query }),

  walletStatement: (id: T.Id, query: T.StatementQuery = {}) =>
    plan<unknown, '/v1/wallets/{id}/statement'>('GET', '/v1/wallets/{id}/statement', { id }, { query }),
  accountStatement: (id: T.Id, query: T.StatementQuery = {}) =>
    plan<unknown, '/v1/accounts/{id}/statement'>('GET', '/v1/accounts/{id}/statement', { id }, { query }),
  customerStatement: (id: T.Id, query: T.StatementQuery = {}) =>
    plan<unknown, '/v1/customers/{id}/statement'>('GET', '/v1/customers/{id}/statement', { id }, { query }),
  operationsReport: (name: string, query: T.StatementQuery = {}) =>
    plan<unknown, '/v1/reports/operations'>('GET', '/v1/reports/operations', {}, { query: { name, ...query } }),
  trialBalance: (query: T.StatementQuery = {}) =>
    plan<unknown, '/v1/reports/trial-balance'>('GET', '/v1/reports/trial-balance', {}, { query }),
  exchangePositions: (query: Omit<T.StatementQuery, 'since' | 'until'> & { date?: string } = {}) =>
    plan<unknown, '/v1/reports/exchange'>('GET', '/v1/reports/exchange', {}, { query }),
  turnover: (query: T.StatementQuery = {}) => plan<unknown, '/v1/reports/turnover'>('GET', '/v1/reports/turnover', {}, { query }),
  postingsReport: (query: T.StatementQuery = {}) => plan<unknown, '/v1/reports/postings'>('GET', '/v1/reports/postings', {}, { query }),

  loadQuotes: (date: string, quotes: Record<string, string | { units: string; base: string }>) =>
    plan<T.QuoteLoad, '/v1/quotes/{dateOrCurrency}'>('PUT', '/v1/quotes/{dateOrCurrency}', { dateOrCurrency: date }, { body: quotes }),
  importQuotes: (content: BodyInit, mediaType: string) =>
    plan<T.QuoteLoad, '/v1/quotes/import'>('POST', '/v1/quotes/import', {}, { raw: { content, mediaType } }),
  quotesInForce: (query: { date?: string } = {}) => plan<T.QuotesInForce, '/v1/quotes'>('GET', '/v1/quotes', {}, { query }),
  quotes: (currency: string, query: T.ListQuery & { since?: string; until?: string } = {}) =>
    plan<T.Page<T.Quote>, '/v1/quotes/{dateOrCurrency}'>('GET', '/v1/quotes/{dateOrCurrency}', { dateOrCurrency: currency }, { query }),

  currencies: () => plan<T.Page<T.Currency>, '/v1/currencies'>('GET', '/v1/currencies'),
  countries: (query: { q?: string; limit?: number } = {}) => plan<T.Page<T.Country>, '/v1/countries'>('GET', '/v1/countries', {}, { query }),
  cities: (query: { country: string; q?: string; limit?: number }) => plan<T.Page<T.City>, '/v1/cities'>('GET', '/v1/cities', {}, { query }),

  keys: () => plan<T.Page<T.ApiKey>, '/v1/keys'>('GET', '/v1/keys'),
  createKey: (body: { name: string; scopes: T.Scope[] } & T.KeyTerms) =>
    plan<T.NewKey, '/v1/keys'>('POST', '/v1/keys', {}, { body, replays: false }),
  changeKey: (name: string, body: T.KeyTerms) => plan<T.ApiKey, '/v1/keys/{name}'>('PATCH', '/v1/keys/{name}', { name }, { body }),
  rotateKey: (name: string, body: { overlapSeconds?: number } = {}) =>
    plan<T.NewKey, '/v1/keys/{name}/rotate'>('POST', '/v1/keys/{name}/rotate', { name }, { body, replays: false }),
  revokeKey: (name: string) => plan<T.ApiKey, '/v1/keys/{name}'>('DELETE', '/v1/keys/{name}', { name }),
  book: () => plan<T.Book, '/v1/book'>('GET', '/v1/book'),
  changeBook: (body: { quoteMaxAgeDays?: number; timeZone?: string }) => plan<T.Book, '/v1/book'>('PATCH', '/v1/book', {}, { body }),
  books: () => plan<T.Page<T.Book>, '/v1/books'>('GET', '/v1/books'),
  openBook: (body: { name: string; baseCurrency?: string; quoteMaxAgeDays?: number; timeZone?: string }) =>
    plan<T.NewBook, '/v1/books'>('POST', '/v1/books', {}, { body, replays: false }),
} satisfies Record<string, (...args: never[]) => Plan<unknown>>;
