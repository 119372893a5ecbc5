import { calls, type Hold, type HoldStatus, type Operation } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Reading, Screen } from '../core/base';
import { money, time, zoneName } from '../core/format';
import { t, type Word } from '../core/i18n';
import { choose, link } from '../core/router';
import { api, session } from '../core/session';
import { accountLink, badge, filterLine, operationLink } from '../ui/bits';
import { AMOUNT_CODES, given, only, type FormSpec } from '../ui/form';
import { previewOf } from '../ui/operations';
import '../ui/rows';
import { LIFETIMES } from './move';

const TABS = ['open', 'today', 'expired', 'captured', 'released'] as const;
type Tab = (typeof TABS)[number];

/** The end of today in the book's zone, as an instant. */
function endOfToday(): string {
  const zone = zoneName();
  const now = Date.now();
  // Hour by hour to the first that is of tomorrow: summer time may make today 23 or 25 hours long.
  const dayOf = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  const minute = 60_000;
  let at = Math.ceil(now / (15 * minute)) * 15 * minute;
  while (dayOf(at) === dayOf(now)) at += 15 * minute;
  return new Date(at).toISOString();
}

@customElement('k-holds')
export class Holds extends Screen {
  #stamp = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    let head = session.book?.head.number;
    this.listen('operations', () => {
      const isNew = session.latest.some((each) => each.hold && BigInt(each.id!) > BigInt(head ?? 0));
      head = session.book?.head.number;
      if (!isNew) return;
      this.#stamp++;
      this.requestUpdate();
    });
  }

  protected moved(): void {
    // The list reads by its stamp.
  }

  get #tab(): Tab {
    const name = this.place.query['tab'] as Tab;
    return TABS.includes(name) ? name : 'open';
  }

  #query() {
    const { account, customer } = this.place.query;
    const tab = this.#tab;
    return {
      status: (tab === 'today' ? 'open' : tab) as HoldStatus,
      ...(tab === 'today' ? { expiresBefore: endOfToday() } : {}),
      ...(account ? { account } : {}),
      ...(customer ? { customer } : {}),
    };
  }

  override render() {
    const tab = this.#tab;
    const { account, customer } = this.place.query;
    const on = [
      [t('word.status'), t(`holds.${tab}` as Word)] as const,
      ...(account ? [[t('word.account'), account] as const] : []),
      ...(customer ? [[t('word.customer'), customer] as const] : []),
    ];
    return html`
      <h1>${t('nav.holds')}</h1>
      <nav class="tabs" aria-label=${t('nav.holds')}>
        ${TABS.map((each) => html`<a href=${link('holds', { ...this.place.query, tab: each })} aria-current=${each === tab ? 'page' : nothing}>${t(`holds.${each}` as Word)}</a>`)}
        <a class="end" href=${link('move/hold')}>+ ${t('move.hold')}</a>
      </nav>
      ${filterLine(on, tab === 'open' && !account && !customer ? null : () => choose({ tab: '', account: '', customer: '' }))}
      <k-rows .stamp=${`${tab}|${account ?? ''}|${customer ?? ''}|${this.#stamp}`} .source=${() => api().holds({ ...this.#query(), limit: 50 })} .draw=${holdRow as never} .label=${t('nav.holds')}></k-rows>
      <p><k-curl .plan=${calls.holds(this.#query())}></k-curl></p>
    `;
  }
}

function holdRow(hold: Hold) {
  return html`<a class="row hold" href=${link(`holds/${hold.id}`)}>
    <span class="id">${hold.id}</span>
    ${badge('hold', hold.status)}
    <span class="number">${money(hold.status === 'open' ? hold.remaining : hold.authorised, hold.currency)}</span>
    <span class="quiet">${t('word.account')} ${hold.account} → ${hold.to === null ? t('holds.anyone') : hold.to === 'cash' ? t('account.cash') : hold.to}</span>
    <span class="quiet when">${hold.expiresAt === null ? t('holds.never') : time(hold.expiresAt)}</span>
  </a>`;
}

@customElement('k-hold')
export class HoldScreen extends Screen {
  readonly #hold = new Reading<Hold>(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen('operations', () => {
      if (session.latest.some((each) => each.hold?.id === this.#id)) this.#read();
    });
  }

  get #id(): string {
    return this.place.parts[1] ?? '';
  }

  protected moved(): void {
    if (this.#hold.value?.id !== this.#id) this.#hold.clear();
    this.#read();
  }

  #read(): void {
    void this.#hold.run((signal) => api().hold(this.#id, {}, { signal }));
  }

  override render() {
    return html`<h1>${t('holds.title', { id: this.#id })}</h1>${this.#hold.show((hold) => this.#draw(hold))}`;
  }

  #draw(hold: Hold) {
    const { id, currency } = hold;
    const stat = (word: Word, value: string | null) => value === null ? nothing
      : html`<div class="card stat"><h2>${t(word)}</h2><p class="figure">${money(value, currency)}</p></div>`;
    return html`
      <p class="lead">${badge('hold', hold.status)} ${t('word.account')} ${accountLink(hold.account)} <k-account-name .account=${hold.account}></k-account-name>
        → ${hold.to === null || hold.to === undefined ? t('holds.anyone') : hold.to === 'cash' ? t('account.cash') : html`${accountLink(hold.to)} <k-account-name .account=${hold.to}></k-account-name>`}</p>
      <div class="cards tight">${stat('holds.authorised', hold.authorised)}${stat('move.max', hold.maxAmount)}${stat('holds.remaining', hold.remaining)}${stat('holds.taken', hold.captured)}${stat('holds.freed', hold.released)}</div>
      <p>${t('holds.expires')}: ${hold.expiresAt === null ? t('holds.never') : html`${time(hold.expiresAt)} <span class="quiet small">${hold.expiresAt}</span>`} ·
        <a href=${link(`operations/${id}`)}>${t('op.title', { id })}</a> <k-curl .plan=${calls.hold(id)}></k-curl></p>
      ${hold.captures?.length ? html`<section class="card"><h2>${t('holds.captures')}</h2><ul class="plainlist">
        ${hold.captures.map((capture) => html`<li>${operationLink(capture.operation)} <span class="number">${money(capture.amount, currency)}</span></li>`)}</ul></section>` : nothing}
      ${hold.status !== 'open' ? nothing : html`<div class="cards forms">
        <section class="card form"><h2>${t('holds.capture')}</h2><k-form .spec=${this.#capture(hold)}></k-form></section>
        <section class="card form"><h2>${t('holds.release')}</h2><k-form .spec=${this.#release(id)}></k-form></section>
        <section class="card form"><h2>${t('holds.extend')}</h2><k-form .spec=${this.#extend(id)}></k-form></section>
        <section class="card form"><h2>${t('holds.increase')}</h2><k-form .spec=${this.#increase(id)}></k-form></section>
      </div>`}
    `;
  }

  #capture(hold: Hold): FormSpec<Operation> {
    return {
      id: `capture-${hold.id}`, isLive: true, preview: previewOf, submit: t('holds.capture'), after: () => this.#read(),
      fields: () => [
        { name: 'amount', label: t('word.amount'), type: 'amount', hint: t('move.capture.amount.hint'), codes: AMOUNT_CODES },
        ...(hold.to === null || hold.to === undefined ? [{ name: 'to', label: t('word.to'), type: 'receiver' as const, isRequired: true, codes: ['hold_receiver_mismatch', 'account_not_found', 'system_account', 'same_account'] }] : []),
        { name: 'final', label: t('move.final'), type: 'check' },
        { name: 'description', label: t('word.description') },
      ],
      plan: (v) => calls.captureHold(hold.id, only({ amount: given(v['amount']), to: given(v['to']), final: v['final'] === 'true' ? true : undefined, description: given(v['description']) })),
    };
  }

  #release(id: string): FormSpec<Operation> {
    return {
      id: `release-${id}`, isLive: true, preview: previewOf, submit: t('holds.release'), after: () => this.#read(),
      fields: () => [{ name: 'amount', label: t('word.amount'), type: 'amount', hint: t('move.capture.amount.hint'), codes: AMOUNT_CODES }],
      plan: (v) => calls.releaseHold(id, only({ amount: given(v['amount']) })),
    };
  }

  #extend(id: string): FormSpec<Operation> {
    return {
      id: `extend-${id}`, isLive: true, preview: (operation) => html`<p>${t('holds.expires')}: ${time(operation.hold?.expiresAt)}</p>`, submit: t('holds.extend'), after: () => this.#read(),
      start: { life: '2592000' },
      fields: () => [{ name: 'life', label: t('holds.extend.by'), type: 'select', pointer: '/expiresInSeconds', options: LIFETIMES() }],
      plan: (v) => calls.extendHold(id, { expiresInSeconds: Number(v['life']) }),
    };
  }

  #increase(id: string): FormSpec<Operation> {
    return {
      id: `increase-${id}`, isLive: true, preview: previewOf, submit: t('holds.increase'), after: () => this.#read(),
      fields: () => [
        { name: 'by', label: t('holds.by'), type: 'amount', isRequired: true, codes: AMOUNT_CODES },
        { name: 'maxAmount', label: t('move.max'), type: 'amount', hint: t('move.max.hint') },
      ],
      plan: (v) => calls.increaseHold(id, only({ by: given(v['by']) ?? '', maxAmount: given(v['maxAmount']) })),
    };
  }
}
