export { calls } from './calls.js';
export { type FeedOptions } from './feed.js';
export { Kopeck, type Done, type KopeckFile } from './kopeck.js';
export { Pages } from './pages.js';
export { target, type Plan } from './plan.js';
export { isProblem, KopeckProblem, KopeckUnreachable } from './problem.js';
export type { Schemas } from './schema.js';
export { newIdempotencyKey, type KopeckOptions, type SendOptions } from './transport.js';
export type * from './types.js';
