import type { Operation } from 'kopeck-client';
import { isZero, negate, sum } from '../core/decimal';
import { fromHex, sha256, toHex } from './sha256';

export const VERSION = 'kopeck-operation-2';
export const ZERO = '0'.repeat(64);

const version = new TextEncoder().encode(VERSION);

/** The hash of an operation from the one before it and its leaves: docs/journal.md. */
export function hashOf(previous: string, leaves: readonly string[]): { hash: string; bytes: number } {
  const message = new Uint8Array(version.length + 32 * (1 + leaves.length));
  message.set(version);
  [previous, ...leaves].forEach((digest, place) => message.set(fromHex(digest), version.length + 32 * place));
  return { hash: toHex(sha256(message)), bytes: message.length };
}

export type Why = 'hash' | 'gap' | 'unreadable' | 'head' | 'noted' | 'leaves' | 'sum' | 'balance';

export interface Wrong {
  number: string;
  why: Why;
  detail?: string;
  got?: number;
  want?: number;
}

/** The chain from a number on, link by link: its hashes, and what the ledger's laws say of its entries. */
export class ChainCheck {
  readonly #balances = new Map<string, string>();
  readonly #isWhole: boolean;

  /** @param first The first number of the stretch. From 1 on every account begins at zero. */
  constructor(first: bigint) {
    this.#isWhole = first === 1n;
  }

  /** What is wrong with the next operation; null when nothing is. */
  link(previous: string, number: bigint, operation: Operation): Wrong | null {
    const told = { number: String(number) };
    if (operation.id !== String(number)) return { ...told, why: 'gap' };
    const leaves = operation.leaves ?? [];
    const want = 2 + operation.entries.length;
    if (leaves.length !== want) return { ...told, why: 'leaves', got: leaves.length, want };
    try {
      if (hashOf(previous, leaves).hash !== operation.hash) return { ...told, why: 'hash' };
      return this.#entries(told, operation);
    } catch (error) {
      return { ...told, why: 'unreadable', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  /** In every operation the entries of each currency sum to zero; each balance is the one before it plus the amount. */
  #entries(told: { number: string }, operation: Operation): Wrong | null {
    const sums = new Map<string, string>();
    for (const { account, amount, currency, balance } of operation.entries) {
      // An old and a new minor unit of a currency are different moneys.
      const name = `${currency} ${amount.split('.')[1]?.length ?? 0}`;
      sums.set(name, sum(sums.get(name) ?? '0', amount));
      const before = this.#balances.get(account!) ?? (this.#isWhole ? '0' : undefined);
      if (before !== undefined && !isZero(sum(before, amount, negate(balance)))) return { ...told, why: 'balance', detail: account! };
      this.#balances.set(account!, balance);
    }

    for (const [name, total] of sums) {
      if (!isZero(total)) return { ...told, why: 'sum', detail: name.split(' ')[0]! };
    }

    return null;
  }
}
