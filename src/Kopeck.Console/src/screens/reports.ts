import { calls, type KopeckFile } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Reading, Screen } from '../core/base';
import { toPlot } from '../core/decimal';
import { amount, count, day, isoDay, time } from '../core/format';
import { t, wordOf, type Word } from '../core/i18n';
import { readLines, readRows } from '../core/much';
import { choose, link } from '../core/router';
import { api } from '../core/session';
import { accountLink, customerLink, filterLine, operationLink } from '../ui/bits';
import '../ui/chart';
import '../ui/files';
import '../ui/picker';
import type { FileKind } from '../ui/files';

const TABS = ['trial', 'turnover', 'card', 'postings'] as const;
type Tab = (typeof TABS)[number];

const MOST_ROWS = 500;
// A day and currency a row: all that a chart can show.
const MOST_DAYS = 100_000;

interface Report<R> {
  pin: { number: string; at: string };
  /** The first of them. */
  rows: R[];
  /** How many there are. */
  count: number;
  totals: R[];
}

interface TrialRow {
  account: string | null;
  kind: string | null;
  name: string | null;
  code: string | null;
  currency: string;
  openingDebit: string;
  openingCredit: string;
  debits: string;
  credits: string;
  closingDebit: string;
  closingCredit: string;
}

interface TurnoverRow {
  date: string;
  currency: string;
  operations: number;
  deposits: string;
  withdrawals: string;
  transfers: string;
  captures: string;
  exchangedIn: string;
  exchangedOut: string;
  postings: string;
  reversals: string;
  turnover: string;
}

interface CardLine {
  number: string;
  at: string;
  kind: string;
  counterparty: { account: string; customer: string | null; customerName: string | null; code: string | null } | null;
  description: string | null;
  amount: string;
  balance: string;
}

interface Card {
  pin: { number: string; at: string };
  currency: string;
  opening: string;
  lines: CardLine[];
  /** Known where all lines were read. */
  closing?: string;
}

type Any = { trial?: Report<TrialRow>; turnover?: Report<TurnoverRow>; card?: Card };

@customElement('k-reports')
export class Reports extends Screen {
  readonly #report = new Reading<Any>(this);
  #asked = '';

  get #tab(): Tab {
    const name = this.place.parts[1] as Tab;
    return TABS.includes(name) ? name : 'trial';
  }

  #period(): { since?: string; until?: string } {
    const { since, until } = this.place.query;
    return { ...(since ? { since } : {}), ...(until ? { until } : {}) };
  }

  protected moved(): void {
    const { account } = this.place.query;
    const tab = this.#tab;
    const asked = JSON.stringify([tab, this.#period(), account]);
    if (asked !== this.#asked) this.#report.clear();
    this.#asked = asked;
    const query = { ...this.#period(), format: 'json' };
    if (tab === 'trial') void this.#report.run(async (signal) => ({ trial: await readRows<Report<TrialRow>>(await api().trialBalance(query, { signal }), MOST_ROWS) }));
    else if (tab === 'turnover') void this.#report.run(async (signal) => ({ turnover: await readRows<Report<TurnoverRow>>(await api().turnover(query, { signal }), MOST_DAYS) }));
    else if (tab === 'card' && account)
      void this.#report.run(async (signal) => ({ card: await readCard(await api().accountStatement(account, { ...query, format: 'ndjson' }, { signal })) }));
  }

  override render() {
    const tab = this.#tab;
    const { since = '', until = '', account = '' } = this.place.query;
    const on = [...(since ? [[t('word.since'), day(since)] as const] : []), ...(until ? [[t('word.until'), day(until)] as const] : [])];
    const set = (name: string) => (event: Event) => choose({ [name]: (event.target as HTMLInputElement).value });
    const kind: FileKind = tab === 'trial' ? 'trial-balance' : tab === 'card' ? 'account' : tab;
    const plan = tab === 'trial' ? calls.trialBalance(this.#period()) : tab === 'turnover' ? calls.turnover(this.#period())
      : tab === 'postings' ? calls.postingsReport(this.#period()) : account ? calls.accountStatement(account, this.#period()) : null;
    return html`
      <h1>${t('nav.reports')}</h1>
      <nav class="tabs" aria-label=${t('nav.reports')}>
        ${TABS.map((each) => html`<a href=${link(`reports/${each}`, { since, until })} aria-current=${each === tab ? 'page' : nothing}>${t(`reports.${each}` as Word)}</a>`)}
        <a href=${link('quotes')}>${t('reports.exchange')}</a>
      </nav>
      <form class="filters" @submit=${(event: Event) => event.preventDefault()}>
        <div class="field"><label for="r-since">${t('word.since')}</label><input id="r-since" type="date" .value=${since} @change=${set('since')} /></div>
        <div class="field"><label for="r-until">${t('word.until')}</label><input id="r-until" type="date" .value=${until} @change=${set('until')} /></div>
        <p class="actions"><button type="button" class="small" @click=${() => choose({ since: `${isoDay().slice(0, 8)}01`, until: '' })}>${isoDay().slice(0, 7)}</button>
          <button type="button" class="small" @click=${() => choose({ since: '', until: '' })}>${t('reports.whole')}</button>
          <k-curl .plan=${plan}></k-curl></p>
        ${tab === 'card' ? html`<div class="field grow"><label for="r-account">${t('word.account')}</label>
          <k-picker .inputId=${'r-account'} .kind=${'account'} .value=${account} @pick=${(event: CustomEvent<string>) => /^\d*$/.test(event.detail) && choose({ account: event.detail })}></k-picker></div>` : nothing}
      </form>
      ${filterLine(on, () => choose({ since: '', until: '' }))}
      ${tab === 'postings' ? nothing : html`<section class="card">${this.#report.show((report) => report.trial ? drawTrial(report.trial) : report.turnover ? this.#drawTurnover(report.turnover) : drawCard(report.card!))}</section>`}
      ${tab === 'card' && !account ? nothing : html`<section class="card"><h2>${t('word.download')}</h2><k-files .kind=${kind} .subject=${account} .period=${this.#period()}></k-files></section>`}
    `;
  }

  #drawTurnover(report: Report<TurnoverRow>) {
    const names = [...new Set(report.rows.map((row) => row.currency))].sort();
    if (names.length === 0) return html`<p class="quiet">${t('word.nothing')}</p>`;
    const currency = names.includes(this.place.query['currency'] ?? '') ? this.place.query['currency']! : names[0]!;
    const rows = report.rows.filter((row) => row.currency === currency);
    const columns = ['deposits', 'withdrawals', 'transfers', 'captures', 'exchangedIn', 'exchangedOut', 'postings', 'reversals', 'turnover'] as const;
    const title: Record<(typeof columns)[number], string> = {
      deposits: t('move.deposit'), withdrawals: t('move.withdrawal'), transfers: t('move.transfer'), captures: t('move.capture'), exchangedIn: `${t('op.exchange')} +`,
      exchangedOut: `${t('op.exchange')} −`, postings: t('move.posting'), reversals: t('move.reversal'), turnover: t('reports.turnover'),
    };
    return html`
      <div class="titled"><h2>${t('reports.turnover')}</h2>
        <div class="field inline"><label for="r-currency">${t('word.currency')}</label>
          <select id="r-currency" @change=${(event: Event) => choose({ currency: (event.target as HTMLSelectElement).value })}>
            ${names.map((each) => html`<option value=${each} ?selected=${each === currency}>${each}</option>`)}</select></div></div>
      ${pinned(report.pin)}
      <k-chart .x=${rows.map((row) => Date.parse(row.date) / 1000)} .y=${[rows.map((row) => toPlot(row.turnover))]}
        .lines=${[{ label: t('reports.turnover'), kind: 'bars' as const }]} .label=${t('reports.turnover.label', { currency })}></k-chart>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('reports.turnover')}><table>
        <thead><tr><th scope="col">${t('word.date')}</th>${columns.map((column) => html`<th scope="col" class="number">${title[column]}</th>`)}</tr></thead>
        <tbody>${rows.slice(-MOST_ROWS).reverse().map((row) => html`<tr><th scope="row">${day(row.date)}</th>${columns.map((column) => html`<td class="number">${amount(row[column])}</td>`)}</tr>`)}</tbody>
      </table></div>
      ${limited(Math.min(rows.length, MOST_ROWS), rows.length)}
    `;
  }
}

function pinned(pin: { number: string; at: string }) {
  return html`<p class="quiet small">${t('reports.pin', { number: count(pin.number), at: time(pin.at) })} <a href=${link(`operations/${pin.number}`)}>${t('word.open')}</a></p>`;
}

function limited(shown: number, all: number) {
  return html`<p class="quiet small">${shown < all ? t('reports.rows', { shown: count(shown), all: count(all) }) : t('reports.allRows', { all: count(all) })}</p>`;
}

function drawTrial(report: Report<TrialRow>) {
  const columns = ['openingDebit', 'openingCredit', 'debits', 'credits', 'closingDebit', 'closingCredit'] as const;
  const groups: Word[] = ['reports.opening', 'reports.period', 'reports.closing'];
  const cells = (row: TrialRow) => columns.map((column) => html`<td class="number">${amount(row[column])}</td>`);
  return html`
    <h2>${t('reports.trial')}</h2>
    ${pinned(report.pin)}
    <div class="scroll tall" tabindex="0" role="region" aria-label=${t('reports.trial')}><table>
      <thead>
        <tr><th scope="col" rowspan="2">${t('word.account')}</th><th scope="col" rowspan="2">${t('word.name')}</th><th scope="col" rowspan="2">${t('word.currency')}</th>${groups.map((each) => html`<th scope="colgroup" colspan="2" class="middle">${t(each)}</th>`)}</tr>
        <tr>${groups.map(() => html`<th scope="col" class="number">${t('reports.debit')}</th><th scope="col" class="number">${t('reports.credit')}</th>`)}</tr>
      </thead>
      <tbody>${report.rows.map((row) => html`<tr><th scope="row">${accountLink(row.account)}</th><td><bdi>${row.name ?? row.code ?? wordOf('account', row.kind ?? '')}</bdi></td><td>${row.currency}</td>${cells(row)}</tr>`)}</tbody>
      <tfoot>${report.totals.map((row) => html`<tr><th scope="row" colspan="2">${t('reports.totals')}</th><td>${row.currency}</td>${cells(row)}</tr>`)}</tfoot>
    </table></div>
    ${limited(report.rows.length, report.count)}
  `;
}

/** The first lines of a card: those after them are left to the file. */
async function readCard(file: KopeckFile): Promise<Card> {
  const card: Card = { pin: { number: '0', at: '' }, currency: '', opening: '', lines: [] };
  await readLines(file, (line) => {
    const { type, ...rest } = line as { type: string } & Record<string, never>;
    if (type === 'statement' || type === 'account') Object.assign(card, rest);
    else if (type === 'total') card.closing = rest['closing'];
    else if (type === 'line' && card.lines.length === MOST_ROWS) return false;
    else if (type === 'line') card.lines.push(rest as unknown as CardLine);
    return true;
  });
  return card;
}

function drawCard(card: Card) {
  const { currency, lines } = card;
  return html`<h2>${t('reports.card')}</h2>${pinned(card.pin)}
    <p>${t('reports.opening')}: <strong class="number">${amount(card.opening)} ${currency}</strong>${card.closing === undefined ? nothing : html` · ${t('reports.closing')}: <strong class="number">${amount(card.closing)} ${currency}</strong>`}</p>
    <div class="scroll tall" tabindex="0" role="region" aria-label=${t('reports.card')}><table>
      <thead><tr><th scope="col">${t('word.number')}</th><th scope="col">${t('word.at')}</th><th scope="col">${t('word.kind')}</th><th scope="col">${t('word.counterparty')}</th><th scope="col">${t('word.description')}</th><th scope="col" class="number">${t('word.amount')}</th><th scope="col" class="number">${t('word.balance')}</th></tr></thead>
      <tbody>${lines.map((line) => html`<tr><th scope="row">${operationLink(line.number)}</th><td>${time(line.at)}</td><td>${wordOf('kind', line.kind)}</td>
        <td>${line.counterparty ? (line.counterparty.customer ? customerLink(line.counterparty.customer, line.counterparty.customerName) : accountLink(line.counterparty.account, line.counterparty.code ?? undefined)) : ''}</td>
        <td><bdi>${line.description ?? ''}</bdi></td><td class="number ${line.amount.startsWith('-') ? 'out' : 'in'}">${amount(line.amount)}</td><td class="number">${amount(line.balance)}</td></tr>`)}</tbody>
    </table></div>
    ${card.closing === undefined ? html`<p class="quiet small">${t('reports.first', { shown: count(lines.length) })}</p>` : limited(lines.length, lines.length)}`;
}
