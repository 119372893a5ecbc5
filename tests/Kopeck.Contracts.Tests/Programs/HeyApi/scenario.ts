import { client } from "./kopeck/client.gen.js";
import {
  captureHold, deposit, getWallet, getWalletStatement, listOperations, openWallet, placeHold, registerCustomer, submitBatch, transfer,
} from "./kopeck/index.js";

const [url, key] = process.argv.slice(2) as [string, string];
client.setConfig({ baseUrl: url, auth: () => key, throwOnError: true });
let keys = 0;
const headers = () => ({ "Idempotency-Key": `hey-${keys++}` });
const throwOnError = true as const;

const register = async (name: string, country: string) => (await registerCustomer({
  throwOnError, headers: headers(), body: { name, country, city: "Bonn", currency: "EUR", metadata: { tier: 2 } },
})).data;
const ada = await register("Ada", "GB");
const bob = await register("Bob", "DE");
const { data: yen } = await openWallet({ throwOnError, headers: headers(), path: { id: ada.id }, body: { currency: "JPY" } });
const from = ada.wallets[0]!.id;
const to = bob.wallets[0]!.id;

const { data: paid } = await deposit({ throwOnError, headers: headers(), body: { wallet: from, amount: "1000.00" } });
console.log(`deposit: ${paid.entries.find(entry => entry.account === from)!.balance}`);

const { data: hold } = await placeHold({ throwOnError, headers: headers(), body: { from, to, amount: "100.00" } });
console.log(`hold: ${hold.hold!.remaining}`);
const { data: captured } = await captureHold({
  throwOnError, headers: headers(), path: { id: hold.id }, body: { amount: "90.00", final: true },
});
console.log(`captured: ${captured.hold!.captured}, released: ${captured.hold!.released}`);

const { data: converted } = await transfer({
  throwOnError, headers: headers(), body: { from, to: yen.id, amount: "25000", currency: "JPY" },
});
console.log(`converted: ${converted.exchange!.rate} ${converted.entries.find(entry => entry.account === from)!.amount}`);

const { data: batch } = await submitBatch({
  throwOnError,
  headers: headers(),
  body: {
    operations: [
      { kind: "deposit", wallet: from, amount: "10.00" },
      { kind: "transfer", from, to, amount: "5.00" },
      { kind: "withdrawal", wallet: to, amount: "99999.00" },
    ],
  },
});
console.log("batch: " + batch.outcomes.map(outcome => outcome.result === "done" ? outcome.body.kind : outcome.body.code).join(" "));

const ids: string[] = [];
let cursor: string | null = null;
do {
  const page: Awaited<ReturnType<typeof listOperations<true>>> = await listOperations({
    throwOnError, query: { account: from, limit: 2, ...(cursor ? { cursor } : {}) },
  });
  ids.push(...page.data.items.map(operation => operation.id));
  cursor = page.data.next;
} while (cursor);
console.log(`listed: ${ids.length}, ${new Set(ids).size}`);

const refused = await transfer({ throwOnError: false, headers: headers(), body: { from, to, amount: "99999.00" } });
if (refused.error?.code === "insufficient_funds") console.log("refused: insufficient_funds");

const { data: wallet } = await getWallet({ throwOnError, path: { id: from } });
console.log(`wallet: ${wallet.available}, customer: ${wallet.customer === ada.id ? "True" : "False"}`);
const { data: statement } = await getWalletStatement({ throwOnError, path: { id: yen.id }, headers: { Accept: "application/json" } });
if (typeof statement === "object" && "accounts" in statement)
  console.log(`statement: ${statement.accounts[0]!.closing}, lines: ${statement.accounts[0]!.lines.length}`);
