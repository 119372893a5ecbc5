import { calls, type Plan, type StatementQuery } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { failure, Part } from '../core/base';
import { isoDay, zoneName } from '../core/format';
import { language, t } from '../core/i18n';
import { api, session } from '../core/session';
import { uniqueId } from './bits';

export type FileKind = 'wallet' | 'account' | 'customer' | 'trial-balance' | 'turnover' | 'postings' | 'exchange';

const STATEMENTS = [
  'pdf', 'xlsx', 'csv', 'csv-excel', 'csv-summary', 'json', 'ndjson', 'xml', 'confirmation', 'camt053', 'camt053-02', 'mt940', 'mt940-subfields', 'ofx', 'ofx1',
  'qfx', 'hledger', '1c',
];
const REPORTS = ['xlsx', 'pdf', 'csv', 'json'];

/** Downloads a statement or a report: period, zone, format, language. */
@customElement('k-files')
export class Files extends Part {
  @property() kind: FileKind = 'wallet';
  @property() subject = '';
  /** Where the page itself has the period. */
  @property({ attribute: false }) period: { since?: string; until?: string } | undefined;

  @state() private since = isoDay(-30).slice(0, 8) + '01';
  @state() private until = '';
  @state() private zone = zoneName();
  @state() private format = '';
  @state() private tongue: 'en' | 'ru' | 'de' = language();
  @state() private holds = false;
  @state() private isBusy = false;
  @state() private error: unknown;
  @state() private name = '';
  readonly #id = uniqueId('files');

  #formats(): string[] {
    return this.#isStatement() ? STATEMENTS : REPORTS;
  }

  #isStatement(): boolean {
    return this.kind === 'wallet' || this.kind === 'account' || this.kind === 'customer';
  }

  #plan(): Plan<unknown> {
    const period = this.period ?? { since: this.since, until: this.until };
    const query: StatementQuery = {
      ...(period.since && this.kind !== 'exchange' ? { since: period.since } : {}),
      ...(period.until && this.kind !== 'exchange' ? { until: period.until } : {}),
      ...(this.zone && this.zone !== zoneName() ? { tz: this.zone } : {}),
      format: this.format || this.#formats()[0]!,
      lang: this.tongue,
      ...(this.holds && this.#isStatement() ? { holds: true } : {}),
    };
    switch (this.kind) {
      case 'wallet': return calls.walletStatement(this.subject, query);
      case 'account': return calls.accountStatement(this.subject, query);
      case 'customer': return calls.customerStatement(this.subject, query);
      case 'trial-balance': return calls.trialBalance(query);
      case 'turnover': return calls.turnover(query);
      case 'postings': return calls.postingsReport(query);
      case 'exchange': return calls.exchangePositions(query);
    }
  }

  async #download(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.error = undefined;
    this.name = '';
    try {
      const file = await api().file(this.#plan());
      const url = URL.createObjectURL(await file.blob());
      const anchor = document.createElement('a');
      anchor.href = url;
      anchor.download = file.name;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      this.name = file.name;
    } catch (error) {
      this.error = error;
      session.note(error);
    }

    this.isBusy = false;
  }

  override render() {
    const id = this.#id;
    const take = (name: 'since' | 'until' | 'zone' | 'format') => (event: Event) => (this[name] = (event.target as HTMLInputElement).value);
    return html`<form class="files" novalidate @submit=${(event: Event) => void this.#download(event)}>
      <div class="fields two">
        ${this.period || this.kind === 'exchange' ? nothing : html`
          <div class="field"><label for=${`${id}-since`}>${t('word.since')}</label><input id=${`${id}-since`} type="date" .value=${this.since} @input=${take('since')} /></div>
          <div class="field"><label for=${`${id}-until`}>${t('word.until')}</label><input id=${`${id}-until`} type="date" .value=${this.until} @input=${take('until')} /></div>`}
        <div class="field"><label for=${`${id}-zone`}>${t('word.zone')}</label><input id=${`${id}-zone`} type="text" autocomplete="off" spellcheck="false" .value=${this.zone} @input=${take('zone')} /></div>
        <div class="field"><label for=${`${id}-format`}>${t('word.format')}</label>
          <select id=${`${id}-format`} @change=${take('format')}>${this.#formats().map((each) => html`<option value=${each}>${each}</option>`)}</select></div>
        <div class="field"><label for=${`${id}-lang`}>${t('word.language')}</label>
          <select id=${`${id}-lang`} @change=${(event: Event) => (this.tongue = (event.target as HTMLSelectElement).value as 'en')}>
            ${([['en', 'English'], ['ru', 'Русский'], ['de', 'Deutsch']] as const).map(([value, label]) => html`<option value=${value} ?selected=${value === this.tongue}>${label}</option>`)}
          </select></div>
        ${this.#isStatement() ? html`<div class="field of-check"><label for=${`${id}-holds`}>${t('wallet.statement.holds')}</label>
          <input id=${`${id}-holds`} type="checkbox" .checked=${this.holds} @change=${(event: Event) => (this.holds = (event.target as HTMLInputElement).checked)} /></div>` : nothing}
      </div>
      ${this.error === undefined ? nothing : failure(this.error)}
      <div class="actions">
        <button type="submit">${this.isBusy ? t('app.loading') : t('word.download')}</button>
        <k-curl .plan=${this.#plan()}></k-curl>
      </div>
      <p class="quiet small" role="status">${this.name}</p>
    </form>`;
  }
}
