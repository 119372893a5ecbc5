import { calls, type Operation } from 'kopeck-client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Reading, Screen } from '../core/base';
import { amount, day, money, time } from '../core/format';
import { t, wordOf } from '../core/i18n';
import { link } from '../core/router';
import { api, session } from '../core/session';
import { accountLink, badge, customerLink, json, operationLink } from '../ui/bits';
import { entriesTable, previewOf } from '../ui/operations';

const MOVING = ['deposit', 'withdrawal', 'transfer', 'posting', 'capture'];

/** An operation: what it did, what it is connected with, and the JSON beside it. */
@customElement('k-operation')
export class OperationScreen extends Screen {
  readonly #operation = new Reading<Operation>(this);

  get #id(): string {
    return this.place.parts[1] ?? '';
  }

  protected moved(): void {
    if (this.#operation.value?.id !== this.#id) this.#operation.clear();
    void this.#operation.run((signal) => api().operation(this.#id, {}, { signal }));
  }

  override render() {
    const id = this.#id;
    const number = /^\d+$/.test(id) ? BigInt(id) : 1n;
    return html`
      <h1>${t('op.title', { id })}</h1>
      <nav class="toolbar" aria-label=${t('nav.journal')}>
        ${number > 1n ? html`<a href=${link(`operations/${number - 1n}`)}>← ${t('op.before')}</a>` : nothing}
        <a href=${link(`operations/${number + 1n}`)}>${t('op.after')} →</a>
        <a href=${link('proof', { from: id, to: id, steps: id })}>${t('op.check')}</a>
        <k-curl .plan=${calls.operation(id)}></k-curl>
      </nav>
      ${this.#operation.show((operation) => this.#draw(operation))}
    `;
  }

  #draw(operation: Operation) {
    const links = this.#links(operation);
    const more = aboutRest(operation);
    return html`<div class="split">
      <div>
        <section class="card">
          <h2>${badge('kind', operation.kind)}</h2>
          <dl>
            <dt>${t('word.at')}</dt><dd>${time(operation.at)} <span class="quiet small">${operation.at}</span></dd>
            <dt>${t('word.actor')}</dt><dd><bdi>${operation.actor}</bdi></dd>
            ${operation.key ? html`<dt>${t('word.key')}</dt><dd><code>${operation.key}</code></dd>` : nothing}
            ${operation.description ? html`<dt>${t('word.description')}</dt><dd><bdi>${operation.description}</bdi></dd>` : nothing}
            ${operation.reverses?.reason ? html`<dt>${t('move.reason')}</dt><dd><bdi>${operation.reverses.reason}</bdi></dd>` : nothing}
            ${more}
            <dt>${t('word.hash')}</dt><dd><code class="hash">${operation.hash}</code></dd>
          </dl>
        </section>
        ${operation.entries.length === 0 ? nothing : html`<section class="card"><h2>${t('op.entries')}</h2>${entriesTable(operation.entries)}</section>`}
        ${operation.exchange ? html`<section class="card"><h2>${t('op.exchange')}</h2>${drawExchange(operation)}</section>` : nothing}
        ${operation.holds?.length ? html`<section class="card"><h2>${t('op.held')}</h2>${previewOf({ ...operation, entries: [], exchange: undefined as never, reverses: undefined as never })}</section>` : nothing}
        ${links.length === 0 ? nothing : html`<section class="card"><h2>${t('op.links')}</h2><dl>${links.map(([name, values]) => html`<dt>${name}</dt><dd>${values}</dd>`)}</dl></section>`}
        ${MOVING.includes(operation.kind) && operation.reversed !== 'fully' ? html`<p><a class="button" href=${link('move/reversal', { operation: operation.id })}>${t('op.reverse')}</a></p>` : nothing}
      </div>
      <section class="card side"><h2>${t('word.json')}</h2>${json(operation)}</section>
    </div>`;
  }

  #links(operation: Operation): [string, unknown][] {
    const links: [string, unknown][] = [];
    if (operation.group !== undefined && operation.group !== operation.id) links.push([t('op.links.group'), operationLink(operation.group)]);
    if (operation.hold) links.push([t('op.links.hold'), html`<a href=${link(`holds/${operation.hold.id}`)}>${operation.hold.id}</a>`]);
    const captures = operation.hold?.captures?.filter((capture) => capture.operation !== operation.id) ?? [];
    if (captures.length > 0) links.push([t('holds.captures'), list(captures.map((capture) => html`${operationLink(capture.operation)} ${money(capture.amount, operation.hold!.currency)}`))]);
    if (operation.reverses) links.push([t('op.links.reverses'), html`${operationLink(operation.reverses.id)} ${money(operation.reverses.amount, operation.reverses.currency)}`]);
    if (operation.reversedBy?.length) links.push([t('op.links.reversedBy'), list(operation.reversedBy.map((each) => html`${operationLink(each.id)} ${money(each.amount, each.currency)}`))]);
    if (operation.reversible) links.push([t('op.reversible'), money(operation.reversible.amount, operation.reversible.currency)]);
    if (operation.exchange) {
      const revisions = [...new Set([operation.exchange.fromQuote.revision, operation.exchange.toQuote.revision])].filter((each) => each !== '1');
      if (revisions.length > 0) links.push([t('op.links.quotes'), list(revisions.map((each) => operationLink(each)))]);
    }

    return links;
  }
}

function list(items: unknown[]): TemplateResult {
  return html`<ul class="plainlist">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function aboutRest(operation: Operation): unknown[] {
  const rows: [string, unknown][] = [];
  if (operation.customer) rows.push([t('word.customer'), customerLink(operation.customer)]);
  if (operation.account) rows.push([t('word.account'), accountLink(operation.account)]);
  if (operation.accountKind) rows.push([t('word.kind'), wordOf('account', operation.accountKind)]);
  if (operation.currency) rows.push([t('word.currency'), operation.currency]);
  if (operation.what) rows.push([t('word.status'), t(operation.what === 'all' ? 'admin.freeze.all' : 'admin.freeze.debits')]);
  if (operation.floor !== undefined) rows.push([t('word.floor'), operation.floor === null ? t('word.unlimited') : amount(operation.floor)]);
  if (operation.date) rows.push([t('word.date'), day(operation.date)]);
  if (operation.source) rows.push([t('word.source'), operation.source]);
  if (operation.quotes) rows.push([t('nav.quotes'), list(Object.entries(operation.quotes).map(([currency, pair]) => html`<span class="number">${amount(pair.units)} ${currency} = ${amount(pair.base)}</span>`))]);
  if (operation.baseCurrency) rows.push([t('admin.book.base'), operation.baseCurrency]);
  if (operation.quoteMaxAgeDays !== undefined) rows.push([t('admin.book.age'), operation.quoteMaxAgeDays]);
  if (operation.timeZone) rows.push([t('word.zone'), operation.timeZone]);
  if (Object.keys(operation.metadata).length > 0) rows.push([t('word.metadata'), html`<code>${JSON.stringify(operation.metadata)}</code>`]);
  return rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
}

function drawExchange({ exchange }: Operation) {
  const { from, to, rate, date, fromQuote, toQuote } = exchange!;
  return html`<p class="figure small">1 ${from} = ${amount(rate)} ${to}</p>
    <p>${t('op.exchange.day', { date: day(date) })}</p>
    <ul class="plainlist">${([[from, fromQuote], [to, toQuote]] as const).map(([currency, quote]) => html`<li>
      ${t('op.exchange.quote', { units: amount(quote.units), currency, base: amount(quote.base), baseCurrency: session.book?.baseCurrency ?? '', date: day(quote.date) })}
      ${quote.revision === '1' ? nothing : html`(${operationLink(quote.revision)})`}</li>`)}</ul>`;
}
