import { calls } from './calls.js';
import { KopeckProblem } from './problem.js';
import { pause, type Transport } from './transport.js';
import type { Operation } from './types.js';

export interface FeedOptions {
  /** The last number that is known; 0, if left out, is all from the first on. */
  after?: string | number;
  signal?: AbortSignal;
  /** Whether each operation comes with the hashes of its leaves, to check the chain. */
  leaves?: boolean;
  /** Told when the feed broke and is tried again, and when it is there (again). */
  onState?: (state: 'open' | 'lost') => void;
}

const SILENCE_MS = 10_000; // The server says something every two seconds.
const PAUSE_MS = 1_000;

/**
 * The journal: what is there after a number, then what is committed, in order and without a gap. It goes on by itself after the last
 * operation it gave when the connection breaks; it ends when the signal says so, and throws what cannot be waited for, such as a revoked key.
 */
export async function* follow(transport: Transport, options: FeedOptions = {}): AsyncGenerator<Operation> {
  let last = BigInt(options.after ?? 0);
  while (!options.signal?.aborted) {
    const ending = new AbortController();
    const stop = () => ending.abort(options.signal?.reason);
    options.signal?.addEventListener('abort', stop);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => ending.abort(new DOMException('The feed went silent', 'TimeoutError')), SILENCE_MS);
    };
    try {
      heard();
      const response = await transport.send(calls.journal({ after: String(last), ...(options.leaves ? { leaves: true } : {}) }), {
        signal: ending.signal,
        accept: 'text/event-stream',
      });
      options.onState?.('open');
      for await (const event of events(response.body!, heard)) {
        const operation = JSON.parse(event) as Operation;
        const number = BigInt(operation.id!);
        if (number !== last + 1n) throw new Error(`Operation ${number} came after ${last}`);
        last = number;
        yield operation;
      }
    } catch (error) {
      if (options.signal?.aborted) return;
      if (error instanceof KopeckProblem && error.status < 500 && error.status !== 429) throw error;
    } finally {
      clearTimeout(silence);
      options.signal?.removeEventListener('abort', stop);
      // Whoever stops iterating closes the connection, too.
      ending.abort();
    }

    if (options.signal?.aborted) return;
    options.onState?.('lost');
    await pause(PAUSE_MS, options.signal).catch(() => undefined);
  }
}

/** The data of server-sent events (WHATWG HTML, section 9.2), of which the server sends one line each. */
async function* events(stream: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      rest += decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (line.startsWith('data: ')) yield line.slice(6);
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
