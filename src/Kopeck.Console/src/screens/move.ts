import { calls, type Operation } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Screen } from '../core/base';
import { t, type Word } from '../core/i18n';
import { link } from '../core/router';
import { AMOUNT_CODES, given, only, type Field, type FormSpec, type FormValues } from '../ui/form';
import { previewOf } from '../ui/operations';

const KINDS = ['deposit', 'withdrawal', 'transfer', 'posting', 'hold', 'capture', 'reversal'] as const;
type Kind = (typeof KINDS)[number];

const PAYER_CODES = ['account_not_found', 'system_account', 'account_frozen', 'account_closed'] as const;
const QUOTE_CODES = ['currency_mismatch', 'quote_missing', 'quote_stale'] as const;
const HOLD_CODES = ['hold_closed', 'hold_expired', 'too_many_captures', 'not_found'] as const;
const MOST_LEGS = 20;

export const LIFETIMES = () => [
  { value: '604800', label: t('move.lifetime.week') },
  { value: '3600', label: t('move.lifetime.hour') },
  { value: '86400', label: t('move.lifetime.day') },
  { value: '2592000', label: t('move.lifetime.month') },
  { value: '31622400', label: t('move.lifetime.year') },
];

@customElement('k-move')
export class Move extends Screen {
  protected moved(): void {
    // Forms read for themselves.
  }

  get #kind(): Kind {
    const name = this.place.parts[1] as Kind;
    return KINDS.includes(name) ? name : 'deposit';
  }

  override render() {
    const kind = this.#kind;
    return html`
      <h1>${t('nav.move')}</h1>
      <nav class="tabs" aria-label=${t('nav.move')}>
        ${KINDS.map((each) => html`<a href=${link(`move/${each}`)} aria-current=${each === kind ? 'page' : nothing}>${t(`move.${each}` as Word)}</a>`)}
      </nav>
      <section class="card form"><h2>${t(`move.${kind}` as Word)}</h2><k-form .spec=${this.#spec(kind)}></k-form></section>
    `;
  }

  #spec(kind: Kind): FormSpec<Operation> {
    const { query } = this.place;
    const make = forms[kind];
    return { ...make(query), id: `${kind}-${JSON.stringify(query)}`, isLive: true, preview: previewOf, submit: t(`move.${kind}` as Word) };
  }
}

const note = (): Field[] => [
  { name: 'description', label: t('word.description') },
  { name: 'metadata', label: t('word.metadata'), type: 'json' },
];

function noteOf(v: FormValues) {
  const metadata = given(v['metadata']);
  let parsed: Record<string, unknown> | undefined;
  try {
    parsed = metadata === undefined ? undefined : (JSON.parse(metadata) as Record<string, unknown>);
  } catch {
    // The form says so beside the field, and sends nothing.
  }

  return { description: given(v['description']), metadata: parsed };
}

const amountField = (isRequired: boolean, hint?: string): Field =>
  ({ name: 'amount', label: t('word.amount'), type: 'amount', isRequired, codes: AMOUNT_CODES, ...(hint ? { hint } : {}) });
const currencyField = (hint?: string): Field => ({ name: 'currency', label: t('word.currency'), type: 'currency', codes: QUOTE_CODES, ...(hint ? { hint } : {}) });

type Start = Readonly<Record<string, string>>;

const forms: Record<Kind, (start: Start) => Omit<FormSpec<Operation>, 'id'>> = {
  deposit: (start) => ({
    start: { ...start },
    fields: () => [{ name: 'wallet', label: t('word.wallet'), type: 'account', isRequired: true, codes: PAYER_CODES }, amountField(true), ...note()],
    plan: (v) => calls.deposit(only({ wallet: v['wallet'] ?? '', amount: given(v['amount']) ?? '', ...noteOf(v) })),
  }),
  withdrawal: (start) => ({
    start: { ...start },
    fields: () => [{ name: 'wallet', label: t('word.wallet'), type: 'account', isRequired: true, codes: PAYER_CODES }, amountField(true), ...note()],
    plan: (v) => calls.withdraw(only({ wallet: v['wallet'] ?? '', amount: given(v['amount']) ?? '', ...noteOf(v) })),
  }),
  transfer: (start) => ({
    start: { ...start },
    fields: () => [
      { name: 'from', label: t('word.from'), type: 'account', isRequired: true, codes: PAYER_CODES },
      { name: 'to', label: t('word.to'), type: 'account', isRequired: true, codes: ['same_account'] },
      amountField(true), currencyField(t('move.currency.hint')), ...note(),
    ],
    plan: (v) => calls.transfer(only({ from: v['from'] ?? '', to: v['to'] ?? '', amount: given(v['amount']) ?? '', currency: given(v['currency']), ...noteOf(v) })),
  }),
  posting: (start) => ({
    start: { legs: '1', ...start },
    fields: (v) => [
      ...Array.from({ length: Number(v['legs'] ?? 1) }, (_, leg) => legFields(leg)).flat(),
      ...note(),
    ],
    plan: (v) => calls.post(only({
      legs: Array.from({ length: Number(v['legs'] ?? 1) }, (_, leg) => ({ from: v[`from${leg}`] ?? '', to: v[`to${leg}`] ?? '', amount: given(v[`amount${leg}`]) ?? '' })),
      ...noteOf(v),
    })),
    extra: (v, set) => {
      const count = Number(v['legs'] ?? 1);
      return html`<p class="actions">
        <button type="button" class="small" ?disabled=${count >= MOST_LEGS} @click=${() => set({ legs: String(count + 1) })}>${t('move.leg.add')}</button>
        ${count > 1 ? html`<button type="button" class="small" @click=${() => set({ legs: String(count - 1) })}>${t('move.leg.remove', { place: count })}</button>` : nothing}
      </p>`;
    },
  }),
  hold: (start) => ({
    start: { life: '604800', ...start },
    fields: () => [
      { name: 'from', label: t('word.account'), type: 'account', isRequired: true, codes: PAYER_CODES },
      amountField(true),
      { name: 'to', label: t('move.hold.to'), type: 'receiver', hint: t('move.hold.to.hint'), codes: ['same_account'] },
      currencyField(),
      { name: 'maxAmount', label: t('move.max'), type: 'amount', hint: t('move.max.hint') },
      { name: 'life', label: t('move.lifetime'), type: 'select', pointer: '/expiresInSeconds', options: LIFETIMES() },
      ...note(),
    ],
    plan: (v) => calls.placeHold(only({
      from: v['from'] ?? '', amount: given(v['amount']) ?? '', to: given(v['to']), currency: given(v['currency']), maxAmount: given(v['maxAmount']),
      expiresInSeconds: Number(v['life'] ?? 604800), ...noteOf(v),
    })),
  }),
  capture: (start) => ({
    start: { ...start },
    fields: () => [
      { name: 'hold', label: t('move.hold.id'), isRequired: true, codes: HOLD_CODES },
      amountField(false, t('move.capture.amount.hint')),
      { name: 'to', label: t('word.to'), type: 'receiver', codes: ['hold_receiver_mismatch', ...PAYER_CODES] },
      currencyField(),
      { name: 'final', label: t('move.final'), type: 'check' },
      ...note(),
    ],
    plan: (v) => calls.captureHold(v['hold'] ?? '', only({
      amount: given(v['amount']), to: given(v['to']), currency: given(v['currency']), final: v['final'] === 'true' ? true : undefined, ...noteOf(v),
    })),
  }),
  reversal: (start) => ({
    start: { ...start },
    fields: () => [
      { name: 'operation', label: t('move.operation'), isRequired: true, codes: ['not_found', 'not_reversible', 'already_reversed'] },
      amountField(false, t('move.capture.amount.hint')),
      currencyField(),
      { name: 'difference', label: t('move.difference'), type: 'select', options: [
        { value: '', label: t('move.difference.house') }, { value: 'sender', label: t('move.difference.sender') }, { value: 'receiver', label: t('move.difference.receiver') }] },
      { name: 'onInsufficient', label: t('move.insufficient'), type: 'select', options: [
        { value: '', label: t('move.insufficient.reject') }, { value: 'partial', label: t('move.insufficient.partial') }] },
      { name: 'reason', label: t('move.reason') },
      ...note(),
    ],
    plan: (v) => calls.reverse(v['operation'] ?? '', only({
      amount: given(v['amount']), currency: given(v['currency']), difference: given(v['difference']) as 'sender' | undefined,
      onInsufficient: given(v['onInsufficient']) as 'partial' | undefined, reason: given(v['reason']), ...noteOf(v),
    })),
  }),
};

function legFields(leg: number): Field[] {
  const name = t('move.leg', { place: leg + 1 });
  return [
    { name: `from${leg}`, pointer: `/legs/${leg}/from`, label: `${name}: ${t('word.from')}`, type: 'account', isRequired: true, ...(leg === 0 ? { codes: PAYER_CODES } : {}) },
    { name: `to${leg}`, pointer: `/legs/${leg}/to`, label: `${name}: ${t('word.to')}`, type: 'account', isRequired: true, ...(leg === 0 ? { codes: ['same_account', 'currency_mismatch'] } : {}) },
    { name: `amount${leg}`, pointer: `/legs/${leg}/amount`, label: `${name}: ${t('word.amount')}`, type: 'amount', isRequired: true, ...(leg === 0 ? { codes: AMOUNT_CODES } : {}) },
  ];
}
