import { calls, newIdempotencyKey, type Plan, type Quote, type QuoteLoad, type QuotesInForce } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { failure, Reading, Screen } from '../core/base';
import { toPlot } from '../core/decimal';
import { amount, day, isoDay, time } from '../core/format';
import { t } from '../core/i18n';
import { choose } from '../core/router';
import { api, session } from '../core/session';
import { operationLink } from '../ui/bits';
import '../ui/chart';
import '../ui/files';
import type { FormSpec } from '../ui/form';

const MOST_QUOTES = 2_000;

interface Position {
  currency: string;
  position: string | null;
  worth: string | null;
  cost: string | null;
  realised: string | null;
  unrealised: string | null;
}

interface Positions {
  rows: Position[];
  totals: Position[];
  pin: { number: string; at: string };
  date: string;
}

/** What it would load, or did. */
interface Import {
  name: string;
  plan: Plan<QuoteLoad>;
  key: string;
  preview?: QuoteLoad;
  done?: QuoteLoad;
  error?: unknown;
  isBusy: boolean;
}

@customElement('k-quotes')
export class Quotes extends Screen {
  readonly #inForce = new Reading<QuotesInForce>(this);
  readonly #course = new Reading<Quote[]>(this);
  readonly #positions = new Reading<Positions>(this);
  @state() private import: Import | null = null;
  @state() private isOver = false;

  protected moved(): void {
    const { date } = this.place.query;
    void this.#inForce.run(async (signal) => {
      const inForce = await api().quotesInForce({ date: date ?? isoDay() }, { signal });
      void this.#readCourse(inForce.items);
      return inForce;
    });
    void this.#positions.run(async (signal) => JSON.parse(await (await api().exchangePositions({ format: 'json' }, { signal })).text()) as Positions);
  }

  #currency(items: readonly Quote[]): string {
    return this.place.query['currency'] ?? items.find((each) => each.currency === 'USD')?.currency ?? items[0]?.currency ?? '';
  }

  async #readCourse(items: readonly Quote[]): Promise<void> {
    const currency = this.#currency(items);
    if (currency === '') return;
    await this.#course.run(async (signal) => {
      const quotes = await api().quotes(currency, { limit: 1000 }, { signal }).take(MOST_QUOTES);
      // The newest revision of each date counts; the list is newest first.
      const seen = new Set<string>();
      return quotes.filter((quote) => !seen.has(quote.date) && seen.add(quote.date)).reverse();
    });
  }

  override render() {
    const base = session.book?.baseCurrency ?? '';
    const date = this.place.query['date'] ?? isoDay();
    return html`
      <h1>${t('nav.quotes')}</h1>
      <div class="split">
        <div>
          <section class="card">${this.#inForce.show((inForce) => this.#drawCourse(inForce.items, base))}</section>
          <section class="card">
            <h2>${t('quotes.positions')}</h2>
            ${this.#positions.show((positions) => drawPositions(positions, base))}
            <details><summary>${t('word.download')}</summary><k-files .kind=${'exchange'}></k-files></details>
          </section>
        </div>
        <div class="side">
          <section class="card">
            <h2><label for="quotes-date">${t('quotes.inForce')}</label></h2>
            <div class="field"><input id="quotes-date" type="date" .value=${date} @change=${(event: Event) => choose({ date: (event.target as HTMLInputElement).value })} /></div>
            ${this.#inForce.show(({ items }) => items.length === 0 ? html`<p class="quiet">${t('word.nothing')}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label=${t('quotes.inForce')}><table>
              <thead><tr><th scope="col">${t('word.currency')}</th><th scope="col" class="number">${t('quotes.units')}</th><th scope="col" class="number">${base}</th><th scope="col">${t('word.date')}, ${t('word.source').toLowerCase()}</th></tr></thead>
              <tbody>${items.map((quote) => html`<tr><th scope="row">${quote.currency}</th><td class="number">${amount(quote.units)}</td><td class="number">${amount(quote.base)}</td><td><span class="when">${day(quote.date)}</span><br /><span class="quiet small">${quote.source}, ${operationLink(quote.revision)}</span></td></tr>`)}</tbody>
            </table></div>`)}
            <p><k-curl .plan=${calls.quotesInForce({ date })}></k-curl></p>
          </section>
          <section class="card"><h2>${t('quotes.import')}</h2>${this.#drawImport()}</section>
          <section class="card form"><h2>${t('quotes.byHand')}</h2><k-form .spec=${this.#byHand(base)}></k-form></section>
        </div>
      </div>
    `;
  }

  #drawCourse(items: readonly Quote[], base: string) {
    const currency = this.#currency(items);
    if (currency === '') return html`<p class="quiet">${t('word.nothing')}</p>`;
    const names = [...new Set([...items.map((each) => each.currency), currency])].sort();
    return html`
      <div class="titled"><h2>${t('quotes.chart', { currency })}</h2>
        <div class="field inline"><label for="quotes-currency">${t('word.currency')}</label>
          <select id="quotes-currency" @change=${(event: Event) => choose({ currency: (event.target as HTMLSelectElement).value })}>
            ${names.map((each) => html`<option value=${each} ?selected=${each === currency}>${each}</option>`)}
          </select></div></div>
      ${this.#course.show((quotes) => html`<k-chart .x=${quotes.map((quote) => Date.parse(quote.date) / 1000)}
        .y=${[quotes.map((quote) => toPlot(quote.base)! / toPlot(quote.units)!)]} .exact=${new Set(quotes.map((quote) => quote.units)).size === 1 ? [quotes.map((quote) => quote.base)] : undefined}
        .lines=${[{ label: `${base} / ${quotes[0]?.units ?? 1} ${currency}` }]} .label=${t('quotes.chart.label', { currency, base })}></k-chart>`)}
    `;
  }

  async #take(file: File | undefined): Promise<void> {
    if (!file) return;
    // The server finds the format by the content; the media type only says what kind of text it is.
    const mediaType = /\.zip$/i.test(file.name) ? 'application/zip' : /\.xml$/i.test(file.name) ? 'application/xml' : /\.csv$/i.test(file.name) ? 'text/csv' : 'application/json';
    const taken: Import = { name: file.name, plan: calls.importQuotes(file, mediaType), key: newIdempotencyKey(), isBusy: true };
    this.import = taken;
    try {
      this.import = { ...taken, isBusy: false, preview: await api().do(taken.plan, { dryRun: true, idempotencyKey: taken.key }) };
    } catch (error) {
      session.note(error);
      this.import = { ...taken, isBusy: false, error };
    }
  }

  async #load(): Promise<void> {
    const taken = this.import;
    if (!taken?.preview || taken.isBusy) return;
    this.import = { ...taken, isBusy: true };
    try {
      const done = await api().do(taken.plan, { idempotencyKey: taken.key });
      this.import = { ...taken, isBusy: false, done };
      this.moved();
    } catch (error) {
      session.note(error);
      this.import = { ...taken, isBusy: false, error };
    }
  }

  #drawImport() {
    const taken = this.import;
    return html`
      <p class="quiet small">${t('quotes.import.hint')}</p>
      <div class="drop ${this.isOver ? 'over' : ''}"
        @dragover=${(event: DragEvent) => { event.preventDefault(); this.isOver = true; }} @dragleave=${() => (this.isOver = false)}
        @drop=${(event: DragEvent) => { event.preventDefault(); this.isOver = false; void this.#take(event.dataTransfer?.files[0]); }}>
        <label for="quotes-file">${t('quotes.import.drop')}</label>
        <input id="quotes-file" type="file" accept=".xml,.csv,.json,.zip" @change=${(event: Event) => void this.#take((event.target as HTMLInputElement).files?.[0])} />
      </div>
      <div aria-live="polite">
        ${!taken ? nothing : html`<p><strong><bdi>${taken.name}</bdi></strong></p>
          ${taken.error === undefined ? nothing : failure(taken.error)}
          ${taken.done ? html`<p class="good">${t('quotes.import.done', { loaded: taken.done.loaded, dates: taken.done.dates })} ${operationLink(taken.done.operation)}</p>`
            : taken.preview ? html`<p>${taken.preview.loaded === 0 ? t('quotes.import.nothing') : t('quotes.import.preview', {
                loaded: taken.preview.loaded, dates: taken.preview.dates, first: day(taken.preview.firstDate), last: day(taken.preview.lastDate), source: taken.preview.source, unchanged: taken.preview.unchanged })}</p>
              ${taken.preview.skipped.length === 0 ? nothing : html`<details><summary>${t('quotes.import.skipped')}: ${taken.preview.skipped.length}</summary><ul lang="en">${taken.preview.skipped.map((each) => html`<li>${each.detail}</li>`)}</ul></details>`}
              ${taken.preview.loaded === 0 ? nothing : html`<button type="button" class="primary" @click=${() => void this.#load()}>${taken.isBusy ? t('form.sending') : t('quotes.import.load')}</button>`}`
            : taken.isBusy ? html`<p class="quiet">${t('app.loading')}</p>` : nothing}
          <k-curl .plan=${taken.plan} .idempotencyKey=${taken.key} .file=${taken.name}></k-curl>`}
      </div>
    `;
  }

  #byHand(base: string): FormSpec<QuoteLoad> {
    return {
      id: 'quote-by-hand', submit: t('quotes.import.load'), start: { date: isoDay(), units: '1' }, after: () => this.moved(),
      fields: (v) => [
        { name: 'date', label: t('word.date'), type: 'date', isRequired: true, codes: ['invalid_query'] },
        { name: 'currency', label: t('word.currency'), type: 'currency', isRequired: true, pointer: `/${v['currency'] ?? ''}` },
        { name: 'units', label: t('quotes.units'), type: 'amount', isRequired: true, pointer: `/${v['currency'] ?? ''}/units` },
        { name: 'base', label: base, type: 'amount', isRequired: true, pointer: `/${v['currency'] ?? ''}/base` },
      ],
      plan: (v) => calls.loadQuotes(v['date'] ?? '', { [v['currency'] ?? '']: { units: v['units'] ?? '', base: v['base'] ?? '' } }),
      done: (load) => html`<p>${t('quotes.import.done', { loaded: load.loaded, dates: load.dates })} ${operationLink(load.operation)}</p>`,
    };
  }
}

function drawPositions({ rows, totals, pin }: Positions, base: string) {
  if (rows.length === 0) return html`<p class="quiet">${t('word.nothing')}</p>`;
  const names = rows.map((row) => row.currency);
  const places = names.map((_, place) => place);
  const column = (pick: (row: Position) => string | null) => rows.map(pick);
  return html`
    <p class="quiet small">${t('reports.pin', { number: pin.number, at: time(pin.at) })}</p>
    <k-chart .x=${places} .names=${names} .y=${[column((row) => row.worth).map(toPlot)]} .exact=${[column((row) => row.worth)]} .height=${170}
      .lines=${[{ label: t('word.worth'), kind: 'bars' as const }]} .label=${t('quotes.worth.label', { base })}></k-chart>
    <h3>${t('quotes.gain.label', { base })}</h3>
    <k-chart .x=${places} .names=${names} .height=${170}
      .y=${[rows.map((row) => (toPlot(row.realised) ?? 0) + (toPlot(row.unrealised) ?? 0)), column((row) => row.realised).map(toPlot)]}
      .lines=${[{ label: t('quotes.unrealised'), kind: 'bars' as const, colour: '--chart-3' }, { label: t('quotes.realised'), kind: 'bars' as const, colour: '--chart-2' }]}
      .label=${t('quotes.gain.label', { base })}></k-chart>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('quotes.positions')}><table>
      <thead><tr>${[t('word.currency'), t('quotes.position'), `${t('word.worth')}, ${base}`, `${t('quotes.cost')}, ${base}`, `${t('quotes.realised')}, ${base}`, `${t('quotes.unrealised')}, ${base}`].map((name, place) => html`<th scope="col" class=${place === 0 ? '' : 'number'}>${name}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr><th scope="row">${row.currency}</th>${[row.position, row.worth, row.cost, row.realised, row.unrealised].map((value) => html`<td class="number">${amount(value)}</td>`)}</tr>`)}</tbody>
      <tfoot>${totals.map((row) => html`<tr><th scope="row">${t('reports.totals')}</th><td></td>${[row.worth, row.cost, row.realised, row.unrealised].map((value) => html`<td class="number">${amount(value)}</td>`)}</tr>`)}</tfoot>
    </table></div>
  `;
}
