import type { Operation } from 'kopeck-client';
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

export type Why = 'hash' | 'gap' | 'unreadable' | 'head' | 'noted' | 'leaves';

export interface Wrong {
  number: string;
  why: Why;
  detail?: string;
  got?: number;
  want?: number;
}

/** One link of the chain, and what is wrong with it. */
export function checkLink(previous: string, number: bigint, operation: Operation): Wrong | null {
  const told = { number: String(number) };
  if (operation.id !== String(number)) return { ...told, why: 'gap' };
  const leaves = operation.leaves ?? [];
  const want = 2 + operation.entries.length;
  if (leaves.length !== want) return { ...told, why: 'leaves', got: leaves.length, want };
  try {
    return hashOf(previous, leaves).hash === operation.hash ? null : { ...told, why: 'hash' };
  } catch (error) {
    return { ...told, why: 'unreadable', detail: String(error) };
  }
}
