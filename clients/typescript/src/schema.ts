// The one door to what is generated from docs/openapi.json: `npm run generate` writes it anew, and what it no longer has is an error here.
import type { components, paths } from './generated/openapi.js';

/** The paths of the API, with their places in braces. */
export type Path = keyof paths & string;

/** The methods that a path takes. */
export type MethodOf<P extends Path> = {
  [M in keyof paths[P]]: M extends 'get' | 'post' | 'put' | 'patch' | 'delete' ? ([paths[P][M]] extends [undefined] ? never : M) : never;
}[keyof paths[P]];

/** The schemas of the document by name, as they are written there. */
export type Schemas = components['schemas'];

/** The codes of problems, as the document lists them. */
export type ErrorCode = NonNullable<Schemas['Problem']['code']>;

/** The kinds of operations, as the document lists them. */
export type OperationKind = NonNullable<Schemas['Operation']['kind']>;
