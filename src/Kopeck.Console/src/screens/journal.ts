import { calls, type Operation, type OperationKind, type OperationQuery } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Screen } from '../core/base';
import { t, wordOf, type Word } from '../core/i18n';
import { choose, go } from '../core/router';
import { api, session } from '../core/session';
import { words } from '../core/words';
import { filterLine } from '../ui/bits';
import { operationRow } from '../ui/operations';
import '../ui/picker';
import '../ui/rows';

const KINDS = Object.keys(words).filter((word) => word.startsWith('kind.')).map((word) => word.slice(5) as OperationKind);
const NAMES = ['kind', 'account', 'customer', 'key', 'reversed', 'reverses', 'since', 'until'] as const;

@customElement('k-journal')
export class Journal extends Screen {
  @state() private isLive = true;
  readonly #isWide = matchMedia('(min-width: 52rem)').matches;
  /** The number up to which new operations are shown. */
  @state() private shownTo = 0n;

  override connectedCallback(): void {
    super.connectedCallback();
    this.shownTo = BigInt(session.book?.head.number ?? 0);
    this.listen('operations', () => {
      if (this.isLive) this.shownTo = BigInt(session.book?.head.number ?? 0);
      this.requestUpdate();
    });
  }

  protected moved(): void {
    // The list reads by its stamp.
  }

  #query(): OperationQuery {
    const { query } = this.place;
    return Object.fromEntries(NAMES.filter((name) => query[name]).map((name) => [name, query[name]])) as OperationQuery;
  }

  // What came since belongs here where the filters are such as can be told by looking at it.
  #matches(operation: Operation, query: OperationQuery): boolean {
    const { kind, account } = query;
    return (kind === undefined || operation.kind === kind)
      && (account === undefined || operation.entries.some((entry) => entry.account === account) || operation.account === account || operation.holds?.some((held) => held.account === account) === true);
  }

  override render() {
    const query = this.#query();
    const on = NAMES.filter((name) => query[name]).map((name) => [t(nameOf(name)), name === 'kind' ? wordOf('kind', query[name]!) : name === 'reversed' ? t(`journal.reversed.${query.reversed!}`) : String(query[name])] as const);
    const canTail = query.until === undefined && query.customer === undefined && query.key === undefined && query.reversed === undefined && query.reverses === undefined;
    const fresh = canTail ? session.latest.filter((each) => this.#matches(each, query)) : [];
    const ahead = fresh.filter((each) => BigInt(each.id!) <= this.shownTo);
    const waiting = fresh.length - ahead.length;
    const set = (name: string) => (event: Event) => choose({ [name]: (event.target as HTMLInputElement).value });
    return html`
      <h1>${t('nav.journal')}</h1>
      <details class="card filters-card" ?open=${this.#isWide}>
        <summary><h2>${t('word.filters')}</h2></summary>
        <form class="filters" @submit=${(event: Event) => event.preventDefault()}>
          <div class="field"><label for="j-kind">${t('word.kind')}</label>
            <select id="j-kind" @change=${set('kind')}>
              <option value="" ?selected=${!query.kind}>${t('word.all')}</option>
              ${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === query.kind}>${wordOf('kind', kind)}</option>`)}
            </select></div>
          <div class="field"><label for="j-account">${t('word.account')}</label>
            <k-picker .inputId=${'j-account'} .kind=${'account'} .value=${query.account ?? ''} @pick=${(event: CustomEvent<string>) => choose({ account: /^\d*$/.test(event.detail) ? event.detail : '' })}></k-picker></div>
          <div class="field"><label for="j-customer">${t('word.customer')}</label>
            <k-picker .inputId=${'j-customer'} .kind=${'customer'} .value=${query.customer ?? ''} @pick=${(event: CustomEvent<string>) => choose({ customer: /^\d*$/.test(event.detail) ? event.detail : '' })}></k-picker></div>
          <div class="field"><label for="j-reversed">${t('journal.reversed')}</label>
            <select id="j-reversed" @change=${set('reversed')}>
              <option value="" ?selected=${!query.reversed}>${t('word.all')}</option>
              ${(['none', 'partly', 'fully'] as const).map((each) => html`<option value=${each} ?selected=${each === query.reversed}>${t(`journal.reversed.${each}`)}</option>`)}
            </select></div>
          <div class="field"><label for="j-since">${t('word.since')}</label><input id="j-since" type="date" .value=${query.since ?? ''} @change=${set('since')} /></div>
          <div class="field"><label for="j-until">${t('word.until')}</label><input id="j-until" type="date" .value=${query.until ?? ''} @change=${set('until')} /></div>
          <div class="field"><label for="j-key">${t('word.key')}</label><input id="j-key" type="text" autocomplete="off" spellcheck="false" .value=${query.key ?? ''} @change=${set('key')} /></div>
        </form>
      </details>
      ${filterLine(on, () => choose(Object.fromEntries(NAMES.map((name) => [name, '']))))}
      <div class="toolbar">
        <label class="switch"><input type="checkbox" .checked=${this.isLive} @change=${(event: Event) => this.#setLive((event.target as HTMLInputElement).checked)} />
          ${t('journal.live')}</label>
        <span class="quiet small">${t(this.isLive ? 'journal.live.on' : 'journal.live.off')}</span>
        ${waiting > 0 ? html`<button type="button" class="small" @click=${() => (this.shownTo = BigInt(session.book!.head.number))}>${t('journal.new', { count: waiting })}</button>` : nothing}
        <form class="goto" @submit=${(event: Event) => this.#goTo(event)}>
          <label for="j-goto">${t('journal.goto')}</label><input id="j-goto" type="text" inputmode="numeric" size="9" autocomplete="off" />
        </form>
        <k-curl .plan=${calls.operations(query)}></k-curl>
      </div>
      <k-rows .stamp=${JSON.stringify(query)} .source=${() => api().operations({ ...this.#query(), limit: 50 })} .ahead=${ahead}
        .draw=${((each: Operation) => operationRow(each, query.account)) as never} .label=${t('nav.journal')}></k-rows>
    `;
  }

  #setLive(isLive: boolean): void {
    this.isLive = isLive;
    if (isLive) this.shownTo = BigInt(session.book?.head.number ?? 0);
  }

  #goTo(event: Event): void {
    event.preventDefault();
    const number = this.querySelector<HTMLInputElement>('#j-goto')!.value.trim();
    if (/^\d+$/.test(number)) go(`operations/${number}`);
  }
}

function nameOf(name: (typeof NAMES)[number]): Word {
  return name === 'reversed' ? 'journal.reversed' : name === 'reverses' ? 'op.links.reverses' : (`word.${name}` as Word);
}
