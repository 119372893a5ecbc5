import { KopeckProblem, KopeckUnreachable } from './problem.js';
import { target, type Plan } from './plan.js';
import type { ProblemDocument } from './types.js';

export interface KopeckOptions {
  /** Where the server is, such as `http://127.0.0.1:5080`. */
  url: string;
  /** An API key. */
  key: string;
  /** How long one attempt may take, in milliseconds; 30,000 unless said. */
  timeoutMs?: number;
  /** How often what is safe to send again is sent again, after the first time; 3 unless said. */
  retries?: number;
  /** Another way to send. */
  fetch?: typeof fetch;
  /** Told of each answer, for logs: never with the key. */
  onAnswer?: (plan: Plan<unknown>, status: number, tookMs: number) => void;
}

export interface SendOptions {
  signal?: AbortSignal | undefined;
  /** One is made where none is given. Keep it to send the same again another time. */
  idempotencyKey?: string | undefined;
  /** Decide, answer as it would be, write nothing. */
  dryRun?: boolean | undefined;
  timeoutMs?: number;
  accept?: string;
}

const AGAIN = new Set([429, 503]);
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/** A new idempotency key: 128 random bits. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Sends plans. What is safe is sent again with the same idempotency key: an attempt without an answer, 429 and 503. All other answers count.
 */
export class Transport {
  readonly #options: KopeckOptions;
  readonly #fetch: typeof fetch;

  constructor(options: KopeckOptions) {
    this.#options = { ...options, url: options.url.replace(/\/+$/, '') };
    // A browser's fetch wants to be called by its own window.
    this.#fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
  }

  /** Sends until there is an answer that counts; the response of a success, whose body was not read. */
  async send(plan: Plan<unknown>, options: SendOptions = {}): Promise<Response> {
    const isWrite = plan.method !== 'GET';
    const key = isWrite ? (options.idempotencyKey ?? newIdempotencyKey()) : undefined;
    const sent = options.dryRun ? { ...plan, query: { ...plan.query, dryRun: true } } : plan;
    const attempts = (plan.replays === false ? 0 : (this.#options.retries ?? 3)) + 1;
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt >= attempts;
      let response: Response;
      try {
        response = await this.#attempt(sent, key, options);
      } catch (error) {
        if (options.signal?.aborted) throw options.signal.reason;
        if (isLast) throw new KopeckUnreachable(`${plan.method} ${plan.path}: no answer from ${this.#options.url}`, key, error);
        await pause(backoff(attempt), options.signal);
        continue;
      }

      if (response.ok) return response;
      const problem = await readProblem(response);
      if (isLast || !AGAIN.has(response.status)) throw problem;
      const asked = Number(response.headers.get('Retry-After')) * 1000;
      await pause(Math.min(asked || backoff(attempt), LONGEST_PAUSE_MS), options.signal);
    }
  }

  async #attempt(plan: Plan<unknown>, key: string | undefined, options: SendOptions): Promise<Response> {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${this.#options.key}`,
      Accept: options.accept ?? 'application/json, application/problem+json',
    };
    if (key !== undefined) headers['Idempotency-Key'] = key;
    let body: BodyInit | undefined;
    if (plan.raw) {
      body = plan.raw.content;
      headers['Content-Type'] = plan.raw.mediaType;
    } else if (plan.body !== undefined) {
      body = JSON.stringify(plan.body);
      headers['Content-Type'] = 'application/json';
    }

    const timeout = options.timeoutMs ?? this.#options.timeoutMs ?? 30_000;
    const ending = new AbortController();
    const stop = () => ending.abort(options.signal?.reason);
    const timer = timeout > 0 ? setTimeout(() => ending.abort(new DOMException('No answer in time', 'TimeoutError')), timeout) : undefined;
    options.signal?.addEventListener('abort', stop);
    if (options.signal?.aborted) stop();
    const started = Date.now();
    try {
      const response = await this.#fetch(this.#options.url + target(plan), {
        method: plan.method,
        headers,
        signal: ending.signal,
        cache: 'no-store',
        credentials: 'omit',
        ...(body === undefined ? {} : { body }),
      });
      this.#options.onAnswer?.(plan, response.status, Date.now() - started);
      // The signal goes on to end the reading of the body; the time was for the answer to begin.
      return response;
    } catch (error) {
      options.signal?.removeEventListener('abort', stop);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

function backoff(attempt: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
}

/** Waits, or throws as soon as the signal says so. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

async function readProblem(response: Response): Promise<KopeckProblem> {
  const text = await response.text().catch(() => '');
  try {
    const document = JSON.parse(text) as ProblemDocument;
    if (typeof document.code === 'string') return new KopeckProblem(document);
  } catch {
    // Not the ledger's own words: a proxy's, or none.
  }

  return new KopeckProblem({
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    code: response.status === 401 ? 'unauthorized' : response.status === 503 ? 'storage_unavailable' : 'internal',
    detail: `The answer was ${response.status} without a problem document`,
  });
}
