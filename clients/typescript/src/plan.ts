import type { MethodOf, Path } from './schema.js';
import type { Query } from './types.js';

/** A request before it is sent: the same plan may be sent, shown, or written as a curl command. */
export interface Plan<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its places filled in. */
  readonly path: string;
  readonly query: Query;
  readonly body?: unknown;
  /** A body that is no JSON, and its media type. */
  readonly raw?: { readonly content: BodyInit; readonly mediaType: string };
  /** False for the few calls whose answer has a secret: sent again they would do it again, or say that the name is taken. */
  readonly replays?: boolean;
  /** Which type is answered; never there. */
  readonly answers?: T;
}

/** A plan of a call that the document has. */
export function plan<T, P extends Path = Path>(
  method: Uppercase<MethodOf<P> & string>,
  path: P,
  places: Record<string, string> = {},
  rest: { query?: object | undefined; body?: unknown; raw?: Plan<T>['raw']; replays?: boolean } = {},
): Plan<T> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = places[name];
    if (value === undefined || value === '') throw new TypeError(`${path} needs a value for ${name}`);
    return encodeURIComponent(value);
  });
  return {
    method: method as Plan<T>['method'],
    path: filled,
    query: (rest.query ?? {}) as Query,
    ...(rest.body === undefined ? {} : { body: rest.body }),
    ...(rest.raw === undefined ? {} : { raw: rest.raw }),
    ...(rest.replays === undefined ? {} : { replays: rest.replays }),
  };
}

/** The path with its query, as it is sent. */
export function target(of: Plan<unknown>): string {
  const query = Object.entries(of.query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return query === '' ? of.path : `${of.path}?${query}`;
}
