import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { calls, isProblem, Kopeck, KopeckProblem, KopeckUnreachable, newIdempotencyKey, target, type Operation } from '../src/index.js';
import { Ledger } from './ledger.js';

let ledger: Ledger;
let kopeck: Kopeck;
const today = new Date().toISOString().slice(0, 10);

before(async () => {
  ledger = await Ledger.start();
  kopeck = ledger.client();
});

after(() => ledger.stop());

async function wallet(currency: string, amount?: string): Promise<string> {
  const customer = await kopeck.registerCustomer({ name: `Test ${newIdempotencyKey()}`, country: 'PT', city: 'Lisboa', currency });
  const [made] = customer.wallets!;
  if (amount) await kopeck.deposit({ wallet: made!.id, amount });
  return made!.id;
}

describe('the client', () => {
  it('does what the ledger is for', async () => {
    await kopeck.loadQuotes(today, { JPY: '0.0061', USD: { units: '1.1', base: '1' } });
    const [from, to] = [await wallet('EUR', '1000.00'), await wallet('JPY')];
    const preview = await kopeck.transfer({ from, to, amount: '25000', currency: 'JPY' }, { dryRun: true });
    assert.equal(preview.id, undefined);
    const transfer = await kopeck.transfer({ from, to, amount: '25000', currency: 'JPY', metadata: { invoice: 81 } });
    assert.deepEqual(transfer.entries.map((entry) => entry.amount), ['-152.50', '152.50', '-25000', '25000']);
    assert.equal(transfer.exchange!.to, 'JPY');
    const hold = await kopeck.placeHold({ from, amount: '100', to: 'cash' });
    assert.equal((await kopeck.wallet(from)).available, '747.50');
    await kopeck.captureHold(hold.id!, { amount: '60', final: true });
    assert.equal((await kopeck.hold(hold.id!)).status, 'captured');
    const refund = await kopeck.reverse(transfer.id!, { amount: '10.00', reason: 'sent back' });
    assert.equal(refund.reverses!.remaining, '142.50');
    assert.equal((await kopeck.operation(transfer.id!)).reversed, 'partly');
    assert.equal((await kopeck.wallet(from, { at: String(BigInt(transfer.id!) - 3n) })).posted, '1000.00');
    const { outcomes } = await kopeck.batch([
      { kind: 'deposit', wallet: from, amount: '1' },
      { kind: 'withdrawal', wallet: from, amount: '999999' },
    ]);
    assert.deepEqual(outcomes.map((outcome) => outcome.status), [201, 422]);
  });

  it('gives problems by code, with the fields they are of', async () => {
    const poor = await wallet('EUR');
    const error = await kopeck.withdraw({ wallet: poor, amount: '5' }).catch((thrown: unknown) => thrown);
    assert.ok(isProblem(error, 'insufficient_funds') && error instanceof KopeckProblem);
    assert.equal(error.status, 422);
    const fields = await kopeck.deposit({ wallet: poor, amount: '1.005' }).catch((thrown: unknown) => thrown);
    assert.ok(isProblem(fields, 'invalid_fields'));
    assert.equal(fields.of('/amount')!.code, 'too_many_decimals');
    await assert.rejects(ledger.client({ key: 'kopeck_nobody-has-this-key' }).book(), (thrown) => isProblem(thrown, 'unauthorized'));
    assert.ok(!isProblem(new Error('another'), 'forbidden'));
  });

  it('does once what is sent twice with one key, and tells that it was done before', async () => {
    const to = await wallet('EUR');
    const idempotencyKey = newIdempotencyKey();
    const first = await kopeck.deposit({ wallet: to, amount: '10' }, { idempotencyKey });
    const again = await kopeck.deposit({ wallet: to, amount: '10.00' }, { idempotencyKey });
    assert.deepEqual([first.replayed, again.replayed, again.id], [false, true, first.id]);
    assert.deepEqual(JSON.parse(JSON.stringify(first)), JSON.parse(JSON.stringify(again)));
    await assert.rejects(kopeck.deposit({ wallet: to, amount: '11' }, { idempotencyKey }), (thrown) => isProblem(thrown, 'key_reused'));
    assert.equal((await kopeck.wallet(to)).posted, '10.00');
  });

  it('sends again, with the same key, what had no answer', async () => {
    const to = await wallet('EUR');
    const keys: string[] = [];
    let lost = 0;
    const shaky = ledger.client({
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        keys.push(new Headers(init!.headers).get('Idempotency-Key')!);
        // It was done, and the answer is lost.
        if (++lost <= 2) throw new TypeError('connection reset');
        return answer;
      },
    });
    const deposit = await shaky.deposit({ wallet: to, amount: '7' });
    assert.equal(deposit.replayed, true);
    assert.equal(new Set(keys).size, 1);
    assert.equal((await kopeck.wallet(to)).posted, '7.00');
    const dead = new Kopeck({ url: 'http://127.0.0.1:1', key: ledger.key, retries: 1 });
    await assert.rejects(dead.deposit({ wallet: to, amount: '1' }), (thrown) => thrown instanceof KopeckUnreachable && thrown.idempotencyKey!.length === 32);
  });

  it('waits as it is told by a server that is busy, and never makes a secret twice', async () => {
    let refused = 0;
    const busy = ledger.client({
      fetch: async (url, init) => (refused++ === 0
        ? new Response(JSON.stringify({ type: 'x', title: 'Busy', status: 503, code: 'overloaded' }), { status: 503, headers: { 'Retry-After': '1' } })
        : fetch(url, init)),
    });
    const started = Date.now();
    await busy.book();
    assert.ok(Date.now() - started >= 990);
    let made = 0;
    const once = ledger.client({
      fetch: async (url, init) => {
        made++;
        await fetch(url, init);
        throw new TypeError('connection reset');
      },
    });
    await assert.rejects(once.createKey({ name: 'once', scopes: ['read'] }), KopeckUnreachable);
    assert.equal(made, 1);
  });

  it('reads lists page by page, as far as they are wanted', async () => {
    const to = await wallet('EUR');
    for (let turn = 0; turn < 7; turn++) await kopeck.deposit({ wallet: to, amount: String(turn + 1) });
    let asked = 0;
    const counting = ledger.client({ onAnswer: () => asked++ });
    const all: Operation[] = [];
    for await (const operation of counting.operations({ account: to, limit: 3, order: 'asc' })) all.push(operation);
    assert.equal(all.length, 8);
    assert.equal(asked, 3);
    asked = 0;
    assert.equal((await counting.operations({ limit: 3 }).take(2)).length, 2);
    assert.equal(asked, 1);
    const first = await counting.operations({ account: to, limit: 3 }).page();
    const second = await counting.operations({ account: to, limit: 3 }).page(first.next!);
    assert.ok(BigInt(second.items[0]!.id!) < BigInt(first.items.at(-1)!.id!));
  });

  it('follows the journal without a gap though the connection breaks, and computes its chain', async () => {
    const to = await wallet('EUR', '1');
    let feeds = 0;
    const states: string[] = [];
    const shaky = ledger.client({
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        if (!String(url).includes('/v1/journal') || ++feeds > 2) return answer;
        // The first two feeds break in the middle of an event.
        let passed = 0;
        const cut = new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            passed += chunk.length;
            if (passed > 3000) controller.error(new TypeError('connection reset'));
            else controller.enqueue(chunk);
          },
        });
        return new Response(answer.body!.pipeThrough(cut), { status: answer.status, headers: answer.headers });
      },
    });
    const head = BigInt((await kopeck.book()).head.number);
    const ending = new AbortController();
    const numbers: bigint[] = [];
    let wrote = false;
    for await (const operation of shaky.journal({ signal: ending.signal, leaves: true, onState: (state) => states.push(state) })) {
      numbers.push(BigInt(operation.id!));
      assert.equal(operation.leaves!.length, 2 + operation.entries.length);
      if (numbers.at(-1) === head && !wrote) {
        wrote = true;
        await kopeck.deposit({ wallet: to, amount: '2' });
      }

      if (numbers.at(-1) === head + 1n) break;
    }

    assert.deepEqual(numbers, Array.from({ length: Number(head) + 1 }, (_, place) => BigInt(place + 1)));
    assert.ok(feeds >= 2 && states.includes('lost'));
    await assert.rejects(async () => {
      for await (const operation of ledger.client({ key: 'kopeck_nobody-has-this-key' }).journal()) assert.fail(operation.id);
    }, (thrown) => isProblem(thrown, 'unauthorized'));
  });

  it('gives statements as files', async () => {
    const to = await wallet('EUR', '12.34');
    const file = await kopeck.walletStatement(to, { format: 'csv', lang: 'ru' });
    assert.match(file.mediaType, /^text\/csv/);
    assert.match(file.name, /\.csv$/);
    assert.match(await file.text(), /12\.34/);
    const pdf = await (await kopeck.walletStatement(to, { format: 'pdf' })).blob();
    assert.equal(await pdf.slice(0, 5).text(), '%PDF-');
    const report = JSON.parse(await (await kopeck.trialBalance({ format: 'json' })).text()) as { report: string };
    assert.equal(report.report, 'trial-balance');
  });

  it('manages keys, accounts, customers and books', async () => {
    const made = await kopeck.createKey({ name: `key-${newIdempotencyKey()}`, scopes: ['read'] });
    const reader = ledger.client({ key: made.key });
    await assert.rejects(reader.deposit({ wallet: '1', amount: '1' }), (thrown) => isProblem(thrown, 'forbidden'));
    const changed = await kopeck.changeKey(made.name, { rateLimit: 1000, allowedNetworks: '127.0.0.0/8,::1', expiresAt: '2999-01-01T00:00:00Z' });
    assert.deepEqual([changed.rateLimit, changed.allowedNetworks, changed.expiresAt], [1000, '127.0.0.0/8,::1', '2999-01-01T00:00:00.000000Z']);
    assert.deepEqual(await kopeck.changeKey(made.name, { expiresAt: null, rateLimit: null }), { ...changed, expiresAt: null, rateLimit: null });
    const rotated = await kopeck.rotateKey(made.name, { overlapSeconds: 0 });
    assert.notEqual(rotated.key, made.key);
    assert.ok((await ledger.client({ key: rotated.key }).book()).name);
    await kopeck.revokeKey(made.name);
    assert.ok((await kopeck.keys()).find((key) => key.name === made.name)!.revokedAt);
    const fees = await kopeck.openAccount({ code: `fees-${made.name.slice(-8)}`, currency: 'EUR', floor: null });
    await kopeck.freezeAccount(fees.id, 'all');
    assert.equal((await kopeck.account(fees.id)).status, 'frozen');
    await kopeck.unfreezeAccount(fees.id);
    await kopeck.setFloor(fees.id, '-5');
    assert.equal((await kopeck.closeAccount(fees.id)).status, 'closed');
    const customer = await kopeck.registerCustomer({ name: 'Ada Lovelace', country: 'GB', city: 'London' });
    await kopeck.changeCustomer(customer.id, { city: 'Paris', metadata: { tier: 2 } });
    assert.equal((await kopeck.openWallet(customer.id, { currency: 'JPY' })).posted, '0');
    assert.equal((await kopeck.customers({ name: 'ada l' }).take(5))[0]!.city, 'Paris');
    assert.equal((await kopeck.eraseCustomer(customer.id)).name, null);
    assert.equal((await kopeck.changeBook({ quoteMaxAgeDays: 9 })).quoteMaxAgeDays, 9);
    const operator = ledger.client({ key: ledger.operator! });
    const book = await operator.openBook({ name: 'branch', baseCurrency: 'USD' });
    assert.equal((await ledger.client({ key: book.key }).book()).name, 'branch');
    assert.deepEqual((await operator.books()).map((each) => each.name), ['branch', 'main']);
    const load = await kopeck.importQuotes(JSON.stringify({ amount: 1.0, base: 'EUR', date: today, rates: { CHF: 0.94 } }), 'application/json');
    assert.equal(load.loaded, 1);
    assert.equal((await kopeck.quotesInForce({ date: today })).baseCurrency, 'EUR');
    assert.ok((await kopeck.currencies()).length > 100 && (await kopeck.countries({ q: 'germ' })).length === 1);
    assert.equal((await kopeck.cities({ country: 'DE', q: 'mun' }))[0]!.name, 'Munich');
  });

  it('writes a plan as it is sent', () => {
    assert.equal(target(calls.quotes('USD', { since: '2026-01-01', limit: 3 })), '/v1/quotes/USD?since=2026-01-01&limit=3');
    assert.equal(calls.customer('a/b?c').path, '/v1/customers/a%2Fb%3Fc');
    assert.throws(() => calls.customer(''), /needs a value for id/);
  });
});
