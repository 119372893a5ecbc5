import { isProblem, Kopeck, KopeckUnreachable, type Book, type Operation } from 'kopeck-client';
import { setZone } from './format';

export type Ended = 'signed-out' | 'revoked' | 'expired';
export type Who = 'book' | 'operator';

const IDLE_MS = 30 * 60_000;
const PACE_SECONDS = 60;
const REMEMBERED = 200;
const PING_MS = 2_000;

/**
 * Who is signed in, and what the journal tells meanwhile. The key is in this object alone: in no address, no storage, no cookie. Events:
 * `change` (signed in or out, the connection), `operations` (new ones came), `again` (the server is back: read anew).
 */
class Session extends EventTarget {
  client: Kopeck | null = null;
  who: Who = 'book';
  book: Book | null = null;
  ended: Ended | null = null;
  isLost = false;
  /** The latest operations that came, newest first. */
  latest: Operation[] = [];
  /** How many came in each of the last seconds, the present one last. */
  pace: number[] = Array(PACE_SECONDS).fill(0);

  #feed: AbortController | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;

  /** Tries a key; throws what the server says to it. */
  async begin(key: string): Promise<void> {
    const client = new Kopeck({ url: new URL('..', document.baseURI).href, key, retries: 1, timeoutMs: 15_000 });
    let book: Book | null = null;
    let who: Who = 'book';
    try {
      book = await client.book();
    } catch (error) {
      if (!isProblem(error, 'forbidden')) throw error;
      await client.books();
      who = 'operator';
    }

    this.client = client;
    this.book = book;
    this.who = who;
    this.ended = null;
    this.isLost = false;
    this.latest = [];
    this.pace = Array(PACE_SECONDS).fill(0);
    if (book) {
      setZone(book.timeZone);
      void this.#follow(client, book.head.number);
    }

    this.#clock = setInterval(() => {
      this.pace.shift();
      this.pace.push(0);
    }, 1000);
    this.touch();
    this.#tell('change');
  }

  end(why: Ended): void {
    if (!this.client) return;
    this.#feed?.abort();
    clearTimeout(this.#idle);
    clearTimeout(this.#ping);
    clearInterval(this.#clock);
    this.client = null;
    this.book = null;
    this.latest = [];
    this.isLost = false;
    this.ended = why;
    this.#tell('change');
  }

  /** Somebody is there: the time after which the key is forgotten begins again. */
  touch(): void {
    if (!this.client) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.end('expired'), IDLE_MS);
  }

  /** What every failure is shown to: a key that is not valid ends the session, a server that is away is waited for. */
  note(error: unknown): void {
    if (isProblem(error, 'unauthorized')) this.end('revoked');
    else if (error instanceof KopeckUnreachable) this.lose();
  }

  lose(): void {
    if (!this.client || this.isLost) return;
    this.isLost = true;
    this.#tell('change');
    this.#wait();
  }

  async #follow(client: Kopeck, after: string): Promise<void> {
    const ending = new AbortController();
    this.#feed = ending;
    try {
      const feed = client.journal({
        after,
        signal: ending.signal,
        onState: (state) => (state === 'lost' ? this.lose() : this.#return()),
      });
      for await (const operation of feed) this.#take(operation);
    } catch (error) {
      if (!ending.signal.aborted) this.note(error);
    }
  }

  #pending: ReturnType<typeof setTimeout> | undefined;

  #take(operation: Operation): void {
    this.latest.unshift(operation);
    if (this.latest.length > REMEMBERED) this.latest.length = REMEMBERED;
    this.pace[PACE_SECONDS - 1]! += 1;
    if (this.book) this.book = { ...this.book, head: { number: operation.id!, hash: operation.hash!, at: operation.at } };
    // However many come, the page is told a few times a second.
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#tell('operations');
    }, 200);
  }

  // The feed tries by itself; who has none (an operator) asks for health.
  #wait(): void {
    clearTimeout(this.#ping);
    this.#ping = setTimeout(async () => {
      try {
        const answer = await fetch(new URL('../health/ready', document.baseURI), { cache: 'no-store' });
        if (answer.ok) this.#return();
      } catch {
        // Still away.
      }

      if (this.isLost) this.#wait();
    }, PING_MS);
  }

  #return(): void {
    if (!this.isLost) return;
    this.isLost = false;
    clearTimeout(this.#ping);
    this.#tell('change');
    this.#tell('again');
  }

  #tell(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}

export const session = new Session();

/** The client of whoever is signed in. */
export function api(): Kopeck {
  if (!session.client) throw new Error('Nobody is signed in');
  return session.client;
}
