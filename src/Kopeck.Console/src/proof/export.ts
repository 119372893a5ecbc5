// Checks an export of the journal as docs/verify_journal.py does: every hash from the contents with their salts, and what follows from them.
import { VERSION, ZERO } from './chain';
import { fromHex, hmac, sha256, toHex } from './sha256';

interface ExportedEntry {
  account: number;
  currency: string;
  minorUnits: number;
  amountMinor: string;
  balanceMinor: string;
}

interface ExportedOperation {
  secret?: string;
  book: string;
  number: number;
  group: number;
  kindNumber: number;
  atMicroseconds: number;
  actor: string;
  key: string | null;
  batchKey: string | null;
  fingerprint: string;
  body: string;
  entries: ExportedEntry[];
  personal?: { salt: string; values: Record<string, string> };
  previousHash: string;
  hash: string;
}

const encoder = new TextEncoder();
const HEAD = 1;
const BODY = 2;
const ENTRY = 3;

class Bytes {
  readonly #parts: Uint8Array[] = [];

  add(part: Uint8Array): this {
    this.#parts.push(part);
    return this;
  }

  number(value: number | bigint, bytes: 1 | 4 | 8): this {
    const view = new DataView(new ArrayBuffer(bytes));
    if (bytes === 8) view.setBigInt64(0, BigInt(value));
    else if (bytes === 4) view.setInt32(0, Number(value));
    else view.setUint8(0, Number(value));
    return this.add(new Uint8Array(view.buffer));
  }

  sized(part: Uint8Array): this {
    return this.number(part.length, 4).add(part);
  }

  whole(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((all, part) => all + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }

    return whole;
  }
}

function saltsOf(secret: Uint8Array, number: number, count: number): Uint8Array[] {
  const seed = hmac(secret, new Bytes().number(number, 8).whole());
  const salts: Uint8Array[] = [];
  for (let pair = 0; salts.length < count; pair++) {
    const two = sha256(new Bytes().add(seed).number(pair, 4).whole());
    salts.push(two.slice(0, 16), two.slice(16));
  }

  return salts.slice(0, count);
}

function headOf(operation: ExportedOperation): Uint8Array {
  const text = (value: string) => encoder.encode(value);
  return new Bytes()
    .sized(text(operation.book))
    .number(operation.number, 8)
    .number(operation.group, 8)
    .number(operation.kindNumber, 4)
    .number(operation.atMicroseconds, 8)
    .sized(text(operation.actor))
    .sized(operation.key === null ? new Uint8Array() : sha256(text(operation.key)).slice(0, 16))
    .sized(operation.batchKey === null ? new Uint8Array() : fromHex(operation.batchKey))
    .add(fromHex(operation.fingerprint))
    .whole();
}

function entryOf(entry: ExportedEntry): Uint8Array {
  return new Bytes()
    .number(entry.account, 8)
    .add(encoder.encode(entry.currency))
    .number(entry.minorUnits, 1)
    .number(BigInt(entry.amountMinor), 8)
    .number(BigInt(entry.balanceMinor), 8)
    .whole();
}

/** The digest over personal values, in the order of their names. */
function personalDigest(personal: { salt: string; values: Record<string, string> }): string {
  const bytes = new Bytes().add(fromHex(personal.salt));
  for (const name of Object.keys(personal.values).sort()) bytes.sized(encoder.encode(name)).sized(encoder.encode(personal.values[name]));
  return toHex(sha256(bytes.whole()));
}

export interface ExportResult {
  book: string;
  count: number;
  personal: number;
  head: { number: number; hash: string };
}

export class WrongLine extends Error {
  constructor(readonly line: number, message: string) {
    super(message);
  }
}

/** Checks line after line; throws `WrongLine` at the first that is wrong. */
export class ExportCheck {
  readonly #balances = new Map<number, bigint>();
  #secret: Uint8Array | undefined;
  #previous: ExportedOperation | undefined;
  #count = 0;
  #personal = 0;

  line(text: string): void {
    const line = this.#count + 1;
    let operation: ExportedOperation;
    try {
      operation = JSON.parse(text) as ExportedOperation;
    } catch (error) {
      throw new WrongLine(line, `this is no JSON: ${String(error)}`);
    }

    try {
      this.#check(operation);
    } catch (error) {
      throw new WrongLine(line, error instanceof Error ? error.message : String(error));
    }

    this.#count = line;
    this.#previous = operation;
  }

  result(): ExportResult {
    if (!this.#previous) throw new WrongLine(1, 'the file is empty');
    const { book, number, hash } = this.#previous;
    return { book, count: this.#count, personal: this.#personal, head: { number, hash } };
  }

  #check(operation: ExportedOperation): void {
    const body = JSON.parse(operation.body) as Record<string, unknown>;
    if (operation.secret !== undefined) this.#secret = fromHex(operation.secret);
    if (!this.#secret) throw new Error('the first line has no secret: this is no full export');
    const previous = this.#previous;
    if (previous && operation.number !== previous.number + 1) throw new Error(`operation ${operation.number} comes after ${previous.number}`);
    if (previous && operation.book !== previous.book) throw new Error(`the book is ${operation.book}, it was ${previous.book}`);
    if (previous && operation.atMicroseconds < previous.atMicroseconds) throw new Error('time runs backwards');
    if (previous ? operation.previousHash !== previous.hash : operation.number === 1 && operation.previousHash !== ZERO)
      throw new Error(`operation ${operation.number}: the hash before it is another than that of the operation before it`);
    if (operation.kindNumber === 1 && body['secretDigest'] !== toHex(sha256(this.#secret))) throw new Error('the secret is not that of the book');
    this.#checkHash(operation);
    this.#checkEntries(operation);
    if (operation.personal) {
      if (body['personalDigest'] !== personalDigest(operation.personal)) throw new Error(`operation ${operation.number}: the personal values are not those of the digest`);
      this.#personal++;
    }
  }

  #checkHash(operation: ExportedOperation): void {
    const parts: [number, Uint8Array][] = [[HEAD, headOf(operation)], [BODY, encoder.encode(operation.body)], ...operation.entries.map((entry): [number, Uint8Array] => [ENTRY, entryOf(entry)])];
    const salts = saltsOf(this.#secret!, operation.number, parts.length);
    const bytes = new Bytes().add(encoder.encode(VERSION)).add(fromHex(operation.previousHash));
    parts.forEach(([kind, canonical], place) => bytes.add(sha256(new Bytes().add(salts[place]!).number(kind, 1).add(canonical).whole())));
    const hash = toHex(sha256(bytes.whole()));
    if (hash !== operation.hash) throw new Error(`operation ${operation.number}: its contents have the hash ${hash}, it carries ${operation.hash}`);
  }

  #checkEntries(operation: ExportedOperation): void {
    const sums = new Map<string, bigint>();
    for (const entry of operation.entries) {
      const [amount, balance] = [BigInt(entry.amountMinor), BigInt(entry.balanceMinor)];
      const name = `${entry.currency}/${entry.minorUnits}`;
      sums.set(name, (sums.get(name) ?? 0n) + amount);
      // Of an export that begins later, an account's first balance is taken as it is.
      const before = this.#balances.get(entry.account) ?? (this.#startsAtOne(operation) ? 0n : balance - amount);
      if (before + amount !== balance) throw new Error(`operation ${operation.number}: the balance of account ${entry.account} is not the one before it plus the amount`);
      this.#balances.set(entry.account, balance);
    }

    for (const [currency, total] of sums) {
      if (total !== 0n) throw new Error(`operation ${operation.number}: its entries in ${currency} do not sum to zero`);
    }
  }

  #firstNumber: number | undefined;

  #startsAtOne(operation: ExportedOperation): boolean {
    this.#firstNumber ??= this.#previous === undefined ? operation.number : operation.number - this.#count;
    return this.#firstNumber === 1;
  }
}
