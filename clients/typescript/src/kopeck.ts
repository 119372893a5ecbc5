import { calls } from './calls.js';
import { follow, type FeedOptions } from './feed.js';
import { Pages } from './pages.js';
import type { Plan } from './plan.js';
import { Transport, type KopeckOptions, type SendOptions } from './transport.js';
import type * as T from './types.js';

/** What was done; `replayed` says that it was done before, by the same request with the same key. */
export type Done<A> = A & { readonly replayed: boolean };

/** A file as the server writes it. */
export interface KopeckFile {
  name: string;
  mediaType: string;
  body: ReadableStream<Uint8Array>;
  /** Reads it whole. */
  blob(): Promise<Blob>;
  text(): Promise<string>;
}

type Calls = typeof calls;

/**
 * A ledger over HTTP. Every method sends one call of the API and gives its answer, or throws `KopeckProblem` (the server said no) or
 * `KopeckUnreachable` (nobody answered). Writes have an idempotency key, made here unless given, and are sent again safely.
 */
export class Kopeck {
  readonly #transport: Transport;

  constructor(options: KopeckOptions) {
    this.#transport = new Transport(options);
  }

  /** Sends any plan of `calls`. */
  async do<A>(plan: Plan<A>, options?: SendOptions): Promise<Done<A>> {
    const response = await this.#transport.send(plan, options);
    const answer = (await response.json()) as A & object;
    const replayed = response.headers.get('Idempotency-Replayed') === 'true';
    return Object.defineProperty(answer, 'replayed', { value: replayed, enumerable: false }) as Done<A>;
  }

  /** A plan of a statement or report, as the file that it answers. */
  async file(plan: Plan<unknown>, options?: SendOptions): Promise<KopeckFile> {
    const response = await this.#transport.send(plan, { accept: '*/*', timeoutMs: 0, ...options });
    return {
      name: fileName(response.headers.get('Content-Disposition')) ?? 'kopeck',
      mediaType: response.headers.get('Content-Type') ?? 'application/octet-stream',
      body: response.body!,
      blob: () => response.blob(),
      text: () => response.text(),
    };
  }

  /** A list of any call that answers pages, from its plan. */
  list<A>(plan: Plan<T.Page<A>>, options?: SendOptions): Pages<A> {
    return new Pages((cursor) => this.do(cursor === undefined ? plan : { ...plan, query: { ...plan.query, cursor } }, options));
  }

  /** Follows the journal: see `follow`. */
  journal(options?: FeedOptions): AsyncGenerator<T.Operation> {
    return follow(this.#transport, options);
  }

  // Customers and their wallets.
  registerCustomer = (body: T.RegisterCustomer, options?: SendOptions) => this.do(calls.registerCustomer(body), options);
  customers = (query?: Parameters<Calls['customers']>[0], options?: SendOptions) => this.list(calls.customers(query), options);
  customer = (id: T.Id, options?: SendOptions) => this.do(calls.customer(id), options);
  changeCustomer = (id: T.Id, body: T.ChangeCustomer, options?: SendOptions) => this.do(calls.changeCustomer(id, body), options);
  eraseCustomer = (id: T.Id, options?: SendOptions) => this.do(calls.eraseCustomer(id), options);
  wallets = (customer: T.Id, query?: T.ListQuery, options?: SendOptions) => this.list(calls.wallets(customer, query), options);
  openWallet = (customer: T.Id, body: { currency: string; code?: string }, options?: SendOptions) =>
    this.do(calls.openWallet(customer, body), options);
  wallet = (id: T.Id, query?: { at?: string }, options?: SendOptions) => this.do(calls.wallet(id, query), options);

  // Accounts of every kind.
  account = (id: T.Id, query?: { at?: string }, options?: SendOptions) => this.do(calls.account(id, query), options);
  accounts = (query?: Parameters<Calls['accounts']>[0], options?: SendOptions) => this.list(calls.accounts(query), options);
  openAccount = (body: Parameters<Calls['openAccount']>[0], options?: SendOptions) => this.do(calls.openAccount(body), options);
  freezeAccount = (id: T.Id, what: 'debits' | 'all', options?: SendOptions) => this.do(calls.freezeAccount(id, what), options);
  unfreezeAccount = (id: T.Id, options?: SendOptions) => this.do(calls.unfreezeAccount(id), options);
  closeAccount = (id: T.Id, options?: SendOptions) => this.do(calls.closeAccount(id), options);
  setFloor = (id: T.Id, floor: T.Amount | null, options?: SendOptions) => this.do(calls.setFloor(id, floor), options);

  // Money.
  deposit = (body: T.CashMove, options?: SendOptions) => this.do(calls.deposit(body), options);
  withdraw = (body: T.CashMove, options?: SendOptions) => this.do(calls.withdraw(body), options);
  transfer = (body: T.Transfer, options?: SendOptions) => this.do(calls.transfer(body), options);
  post = (body: T.Posting, options?: SendOptions) => this.do(calls.post(body), options);
  placeHold = (body: T.PlaceHold, options?: SendOptions) => this.do(calls.placeHold(body), options);
  increaseHold = (id: T.Id, body: Parameters<Calls['increaseHold']>[1], options?: SendOptions) => this.do(calls.increaseHold(id, body), options);
  extendHold = (id: T.Id, body: Parameters<Calls['extendHold']>[1], options?: SendOptions) => this.do(calls.extendHold(id, body), options);
  captureHold = (id: T.Id, body?: T.CaptureHold, options?: SendOptions) => this.do(calls.captureHold(id, body), options);
  releaseHold = (id: T.Id, body?: { amount?: T.Amount }, options?: SendOptions) => this.do(calls.releaseHold(id, body), options);
  hold = (id: T.Id, query?: { at?: string }, options?: SendOptions) => this.do(calls.hold(id, query), options);
  holds = (query?: Parameters<Calls['holds']>[0], options?: SendOptions) => this.list(calls.holds(query), options);
  reverse = (operation: T.Id, body?: T.Reverse, options?: SendOptions) => this.do(calls.reverse(operation, body), options);
  batch = (operations: T.BatchItem[], atomic?: boolean, options?: SendOptions) => this.do(calls.batch(operations, atomic), options);

  // The journal.
  operation = (id: T.Id, query?: { at?: string }, options?: SendOptions) => this.do(calls.operation(id, query), options);
  operations = (query?: T.OperationQuery, options?: SendOptions) => this.list(calls.operations(query), options);

  // Statements and reports.
  walletStatement = (id: T.Id, query?: T.StatementQuery, options?: SendOptions) => this.file(calls.walletStatement(id, query), options);
  accountStatement = (id: T.Id, query?: T.StatementQuery, options?: SendOptions) => this.file(calls.accountStatement(id, query), options);
  customerStatement = (id: T.Id, query?: T.StatementQuery, options?: SendOptions) => this.file(calls.customerStatement(id, query), options);
  operationsReport = (name: string, query?: T.StatementQuery, options?: SendOptions) => this.file(calls.operationsReport(name, query), options);
  trialBalance = (query?: T.StatementQuery, options?: SendOptions) => this.file(calls.trialBalance(query), options);
  exchangePositions = (query?: Parameters<Calls['exchangePositions']>[0], options?: SendOptions) =>
    this.file(calls.exchangePositions(query), options);
  turnover = (query?: T.StatementQuery, options?: SendOptions) => this.file(calls.turnover(query), options);
  postingsReport = (query?: T.StatementQuery, options?: SendOptions) => this.file(calls.postingsReport(query), options);

  // Quotes and reference data.
  loadQuotes = (date: string, quotes: Parameters<Calls['loadQuotes']>[1], options?: SendOptions) => this.do(calls.loadQuotes(date, quotes), options);
  importQuotes = (content: BodyInit, mediaType: string, options?: SendOptions) => this.do(calls.importQuotes(content, mediaType), options);
  quotesInForce = (query?: { date?: string }, options?: SendOptions) => this.do(calls.quotesInForce(query), options);
  quotes = (currency: string, query?: Parameters<Calls['quotes']>[1], options?: SendOptions) => this.list(calls.quotes(currency, query), options);
  currencies = async (options?: SendOptions) => (await this.do(calls.currencies(), options)).items;
  countries = async (query?: { q?: string; limit?: number }, options?: SendOptions) => (await this.do(calls.countries(query), options)).items;
  cities = async (query: { country: string; q?: string; limit?: number }, options?: SendOptions) => (await this.do(calls.cities(query), options)).items;

  // Keys and books.
  keys = async (options?: SendOptions) => (await this.do(calls.keys(), options)).items;
  createKey = (body: { name: string; scopes: T.Scope[] } & T.KeyTerms, options?: SendOptions) => this.do(calls.createKey(body), options);
  changeKey = (name: string, body: T.KeyTerms, options?: SendOptions) => this.do(calls.changeKey(name, body), options);
  rotateKey = (name: string, body?: { overlapSeconds?: number }, options?: SendOptions) => this.do(calls.rotateKey(name, body), options);
  revokeKey = (name: string, options?: SendOptions) => this.do(calls.revokeKey(name), options);
  book = (options?: SendOptions) => this.do(calls.book(), options);
  changeBook = (body: { quoteMaxAgeDays?: number; timeZone?: string }, options?: SendOptions) => this.do(calls.changeBook(body), options);
  books = async (options?: SendOptions) => (await this.do(calls.books(), options)).items;
  openBook = (body: Parameters<Calls['openBook']>[0], options?: SendOptions) => this.do(calls.openBook(body), options);
}

// The plain name (RFC 6266) is ASCII; the one for people is RFC 8187.
function fileName(disposition: string | null): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '');
  if (extended) return decodeURIComponent(extended[1]!);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
}
