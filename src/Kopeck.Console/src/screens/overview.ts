import type { Account, Operation, Quote } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Reading, Screen } from '../core/base';
import { isZero, negate, sum } from '../core/decimal';
import { amount, count, day, isoDay, money, shortHash, time } from '../core/format';
import { t } from '../core/i18n';
import { link } from '../core/router';
import { api, session } from '../core/session';
import { operationLink } from '../ui/bits';
import '../ui/chart';
import { operationRow } from '../ui/operations';

interface Balance {
  currency: string;
  customers: string;
  internal: string;
  exchange: string;
}

interface QuoteState {
  currency: string;
  state: 'missing' | 'stale' | 'aging';
  date?: string;
  days?: number;
}

interface Health {
  isReady: boolean;
  metrics: Map<string, number> | null;
}

const HEALTH_MS = 5_000;
const BALANCES_MS = 10_000;
const AGING_DAYS = 2;

@customElement('k-overview')
export class Overview extends Screen {
  readonly #balances = new Reading<Balance[]>(this);
  readonly #due = new Reading<Operation[]>(this);
  readonly #quotes = new Reading<QuoteState[]>(this);
  readonly #health = new Reading<Health>(this);
  readonly #latest = new Reading<Operation[]>(this);
  #balancesAt = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    const clock = setInterval(() => {
      this.requestUpdate();
    }, 1000);
    const health = setInterval(() => void this.#readHealth(), HEALTH_MS);
    this.own(() => {
      clearInterval(clock);
      clearInterval(health);
    });
    this.listen('operations', () => {
      this.requestUpdate();
      if (Date.now() - this.#balancesAt > BALANCES_MS) this.#readBook();
    });
  }

  protected moved(): void {
    this.#readBook();
    void this.#readHealth();
    void this.#latest.run(async () => (await api().operations({ limit: 8 }).page()).items);
  }

  #readBook(): void {
    this.#balancesAt = Date.now();
    void this.#balances.run(readBalances);
    void this.#due.run(async () => (await api().operations({ kind: 'hold_expired', limit: 3 }).page()).items);
    void this.#quotes.run(readQuotes);
  }

  #readHealth(): Promise<void> {
    return this.#health.run(async (signal) => {
      const base = document.baseURI;
      const ready = await fetch(new URL('../health/ready', base), { signal, cache: 'no-store' });
      const metrics = await fetch(new URL('../metrics', base), { signal, cache: 'no-store' });
      return { isReady: ready.ok, metrics: metrics.ok ? parseMetrics(await metrics.text()) : null };
    });
  }

  override render() {
    const book = session.book;
    const pace = session.pace;
    const recent = pace.slice(-11, -1);
    const perSecond = recent.reduce((all, each) => all + each, 0) / recent.length;
    const latest = [...session.latest, ...(this.#latest.value ?? [])].filter((each, place, all) => all.findIndex((other) => other.id === each.id) === place).slice(0, 8);
    return html`
      <h1>${t('nav.overview')}</h1>
      <div class="cards">
        <section class="card">
          <h2>${t('overview.head')}</h2>
          <p class="figure"><a href=${link(`operations/${book?.head.number}`)}>${count(book?.head.number ?? 0)}</a></p>
          <p class="quiet">${time(book?.head.at)} · <code title=${book?.head.hash ?? ''}>${shortHash(book?.head.hash)}</code></p>
          <p><a href=${link('proof')}>${t('proof.chain')}</a></p>
        </section>
        <section class="card">
          <h2>${t('overview.pace')}</h2>
          <p class="figure">${amount(perSecond.toFixed(1))}</p>
          <k-chart .x=${pace.map((_, place) => place)} .y=${[[...pace]]} .names=${pace.map((_, place) => (place % 10 === 9 ? `${place - 59}` : ''))}
            .lines=${[{ label: t('overview.pace'), kind: 'bars' as const }]} .height=${96} .label=${t('overview.pace.label')}></k-chart>
        </section>
        <section class="card">
          <h2>${t('overview.health')}</h2>
          ${this.#health.show((health) => this.#drawHealth(health))}
        </section>
        <section class="card">
          <h2>${t('overview.refusals')}</h2>
          ${this.#health.show(({ metrics }) => drawRefusals(metrics))}
        </section>
        <section class="card wide tall">
          <h2>${t('overview.balances')}</h2>
          ${this.#balances.show(drawBalances)}
          <p class="quiet small">${t('overview.balances.hint')}</p>
        </section>
        <section class="card">
          <h2>${t('overview.quotes')}</h2>
          ${this.#quotes.show((states) => states.length === 0
            ? html`<p class="good">${t('overview.quotes.ok')}</p>`
            : html`<ul class="plainlist">${states.map((each) => html`<li>
                <a href=${link('quotes', { currency: each.currency })}>${each.currency}</a>
                <span class=${each.state === 'aging' ? 'warn' : 'bad'}>${t(`overview.quotes.${each.state}`, { date: day(each.date), days: each.days ?? 0 })}</span>
              </li>`)}</ul>`)}
        </section>
        <section class="card">
          <h2>${t('overview.due')}</h2>
          ${this.#due.show((operations) => operations.length === 0
            ? html`<p class="quiet">${t('overview.due.none')}</p>`
            : html`<ul class="plainlist">${operations.map((each) => html`<li>
                <a href=${link(`holds/${each.hold?.id}`)}>${t('holds.title', { id: each.hold?.id ?? '' })}</a>
                <span class="number">${money(each.hold?.expired, each.hold?.currency ?? '')}</span>
                <span class="quiet small">${time(each.at)} · ${operationLink(each.id)}</span>
              </li>`)}</ul>
              <p><a href=${link('holds', { tab: 'expired' })}>${t('overview.due.all')}</a></p>`)}
        </section>
        <section class="card full">
          <h2>${t('overview.latest')}</h2>
          ${this.#latest.show(() => html`<ol class="rows">${latest.map((each) => html`<li>${operationRow(each)}</li>`)}</ol>`)}
        </section>
      </div>
    `;
  }

  #drawHealth({ isReady, metrics }: Health) {
    const book = session.book?.name ?? '';
    const of = (name: string) => metrics?.get(`${name}{book="${book}"}`) ?? 0;
    const bugs = of('kopeck_batches_broken_total') + of('kopeck_executor_breaks_total');
    return html`
      <p class=${isReady ? 'good' : 'bad'}>${t(isReady ? 'overview.health.ready' : 'overview.health.away')}</p>
      ${of('kopeck_book_stopped') > 0 ? html`<p class="bad">${t('overview.health.stopped')}</p>` : nothing}
      ${metrics === null ? nothing : html`<p>${t('overview.health.waiting', { count: metrics.get('kopeck_engine_waiting_commands') ?? 0 })}</p>
        <p class=${bugs > 0 ? 'bad' : ''}>${t('overview.health.broken', { count: bugs })}</p>`}
    `;
  }
}

function drawRefusals(metrics: Map<string, number> | null) {
  if (metrics === null) return html`<p class="quiet">${t('overview.refusals.closed')}</p>`;
  const found = [...metrics]
    .map(([name, value]) => [/^kopeck_requests_refused_total\{code="([a-z_]+)"\}$/.exec(name)?.[1], value] as const)
    .filter((each): each is readonly [string, number] => each[0] !== undefined)
    .sort((one, other) => other[1] - one[1])
    .slice(0, 8);
  if (found.length === 0) return html`<p class="quiet">${t('overview.refusals.none')}</p>`;
  const most = found[0]![1];
  return html`<ul class="bars">${found.map(([code, number]) => html`<li>
    <code>${code}</code><meter min="0" max=${most} .value=${number} aria-label=${code}></meter><span class="number">${count(number)}</span>
  </li>`)}</ul>`;
}

function drawBalances(balances: Balance[]) {
  if (balances.length === 0) return html`<p class="quiet">${t('word.nothing')}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('overview.balances')}>
    <table>
      <thead><tr>
        <th scope="col">${t('word.currency')}</th><th scope="col" class="number">${t('overview.customers')}</th>
        <th scope="col" class="number">${t('overview.internal')}</th><th scope="col" class="number">${t('overview.exchange')}</th>
      </tr></thead>
      <tbody>${balances.map((each) => html`<tr>
        <th scope="row">${each.currency}</th><td class="number">${amount(each.customers)}</td>
        <td class="number">${amount(each.internal)}</td><td class="number">${amount(each.exchange)}</td>
      </tr>`)}</tbody>
    </table>
  </div>`;
}

/**
 * What customers hold in each currency, without reading their wallets: the entries of each currency sum to zero over the whole book, so it
 * is what cash, exchange and internal accounts lack.
 */
async function readBalances(signal: AbortSignal): Promise<Balance[]> {
  const [cash, exchange, internal] = await Promise.all((['cash', 'exchange', 'internal'] as const).map((kind) => all(kind, signal)));
  const names = [...new Set([...cash!, ...exchange!, ...internal!].map((account) => account.currency))].sort();
  return names.map((currency) => {
    const of = (accounts: Account[]) => sum('0', ...accounts.filter((account) => account.currency === currency).map((account) => account.posted));
    const [outside, traded, own] = [of(cash!), of(exchange!), of(internal!)];
    return { currency, customers: negate(sum(outside, traded, own)), internal: own, exchange: traded };
  });
}

async function all(kind: 'cash' | 'exchange' | 'internal', signal: AbortSignal): Promise<Account[]> {
  // All of them, as one that is left out would be counted as a customer's; an operator has few.
  return api().accounts({ kind, limit: 1000 }, { signal }).take(Infinity);
}

async function readQuotes(signal: AbortSignal): Promise<QuoteState[]> {
  const book = session.book!;
  const held = (await all('cash', signal)).filter((account) => !isZero(account.posted)).map((account) => account.currency);
  const traded = (await all('exchange', signal)).map((account) => account.currency);
  const wanted = [...new Set([...held, ...traded])].filter((currency) => currency !== book.baseCurrency).sort();
  const inForce = new Map((await api().quotesInForce({ date: isoDay() }, { signal })).items.map((quote) => [quote.currency, quote]));
  const found = await Promise.all(wanted.map((currency) => stateOf(currency, inForce.get(currency), book.quoteMaxAgeDays)));
  return found.filter((each) => each !== null);
}

async function stateOf(currency: string, quote: Quote | undefined, limit: number): Promise<QuoteState | null> {
  if (!quote) {
    const [newest] = (await api().quotes(currency, { limit: 1, until: isoDay(1) }).page()).items;
    return newest ? { currency, state: 'stale', date: newest.date } : { currency, state: 'missing' };
  }

  const age = Math.round((Date.parse(isoDay()) - Date.parse(quote.date)) / 86_400_000);
  return limit - age < AGING_DAYS ? { currency, state: 'aging', date: quote.date, days: limit - age } : null;
}

/** Prometheus' text form, as far as this page needs it. */
export function parseMetrics(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const split = line.lastIndexOf(' ');
    if (split > 0 && !line.startsWith('#')) values.set(line.slice(0, split), Number(line.slice(split + 1)));
  }

  return values;
}
