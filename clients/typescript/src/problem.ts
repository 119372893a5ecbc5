import type { Candidate, ErrorCode, FieldError, ProblemDocument } from './types.js';

/** The server said no. `code` is for programs, `message` for people. */
export class KopeckProblem extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  /** What is wrong with which member or parameter. */
  readonly errors: readonly FieldError[];
  /** Of `ambiguous_name`. */
  readonly candidates: readonly Candidate[];

  constructor(readonly document: ProblemDocument) {
    super(document.detail ?? document.title);
    this.name = 'KopeckProblem';
    this.code = document.code;
    this.status = document.status;
    this.title = document.title;
    this.errors = document.errors ?? [];
    this.candidates = document.candidates ?? [];
  }

  /** What is said of a member, such as `/amount`, or of a query's parameter. */
  of(place: string): FieldError | undefined {
    return this.errors.find((error) => error.pointer === place || error.parameter === place);
  }
}

/**
 * There was no answer: the server is away, or the network is. What was asked may have been done or not; the same again with the same
 * idempotency key does it once.
 */
export class KopeckUnreachable extends Error {
  constructor(message: string, readonly idempotencyKey: string | undefined, cause: unknown) {
    super(message, { cause });
    this.name = 'KopeckUnreachable';
  }
}

/** Whether an error is the server's problem with this code, or with any. */
export function isProblem<C extends ErrorCode>(error: unknown, ...codes: C[]): error is KopeckProblem & { code: C } {
  return error instanceof KopeckProblem && (codes.length === 0 || (codes as string[]).includes(error.code));
}
