import createClient from "openapi-fetch";
import type { components, paths } from "./kopeck.js";

const [url, key] = process.argv.slice(2) as [string, string];
const kopeck = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${key}` } });
let keys = 0;
const header = () => ({ "Idempotency-Key": `fetch-${keys++}` });

type Problem = components["schemas"]["Problem"];
function sure<T>(answer: { data?: T; error?: Problem }): T {
  if (answer.data === undefined) throw new Error(answer.error?.code);
  return answer.data;
}

const register = async (name: string, country: string) => sure(await kopeck.POST("/v1/customers", {
  params: { header: header() },
  body: { name, country, city: "Bonn", currency: "EUR", metadata: { tier: 2 } },
}));
const ada = await register("Ada", "GB");
const bob = await register("Bob", "DE");
const yen = sure(await kopeck.POST("/v1/customers/{id}/wallets", {
  params: { path: { id: ada.id }, header: header() },
  body: { currency: "JPY" },
}));
const from = ada.wallets[0]!.id;
const to = bob.wallets[0]!.id;

const deposit = sure(await kopeck.POST("/v1/deposits", { params: { header: header() }, body: { wallet: from, amount: "1000.00" } }));
console.log(`deposit: ${deposit.entries.find(entry => entry.account === from)!.balance}`);

const hold = sure(await kopeck.POST("/v1/holds", { params: { header: header() }, body: { from, to, amount: "100.00" } }));
console.log(`hold: ${hold.hold!.remaining}`);
const captured = sure(await kopeck.POST("/v1/holds/{id}/capture", {
  params: { path: { id: hold.id }, header: header() },
  body: { amount: "90.00", final: true },
}));
console.log(`captured: ${captured.hold!.captured}, released: ${captured.hold!.released}`);

const converted = sure(await kopeck.POST("/v1/transfers", {
  params: { header: header() },
  body: { from, to: yen.id, amount: "25000", currency: "JPY" },
}));
console.log(`converted: ${converted.exchange!.rate} ${converted.entries.find(entry => entry.account === from)!.amount}`);

const batch = sure(await kopeck.POST("/v1/batches", {
  params: { header: header() },
  body: {
    operations: [
      { kind: "deposit", wallet: from, amount: "10.00" },
      { kind: "transfer", from, to, amount: "5.00" },
      { kind: "withdrawal", wallet: to, amount: "99999.00" },
    ],
  },
}));
console.log("batch: " + batch.outcomes.map(outcome => outcome.result === "done" ? outcome.body.kind : outcome.body.code).join(" "));

const ids: string[] = [];
let cursor: string | null | undefined;
do {
  const page = sure(await kopeck.GET("/v1/operations", { params: { query: { account: from, limit: 2, ...(cursor ? { cursor } : {}) } } }));
  ids.push(...page.items.map(operation => operation.id));
  cursor = page.next;
} while (cursor);
console.log(`listed: ${ids.length}, ${new Set(ids).size}`);

const refused = await kopeck.POST("/v1/transfers", { params: { header: header() }, body: { from, to, amount: "99999.00" } });
if (refused.error?.code === "insufficient_funds") console.log("refused: insufficient_funds");

const wallet = sure(await kopeck.GET("/v1/wallets/{id}", { params: { path: { id: from } } }));
console.log(`wallet: ${wallet.available}, customer: ${wallet.customer === ada.id ? "True" : "False"}`);
const statement = sure(await kopeck.GET("/v1/wallets/{id}/statement", {
  params: { path: { id: yen.id } },
  headers: { Accept: "application/json" },
}));
if (typeof statement !== "string") console.log(`statement: ${statement.accounts[0]!.closing}, lines: ${statement.accounts[0]!.lines.length}`);
