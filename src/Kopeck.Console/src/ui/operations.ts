import type { Account, Entry, Operation } from 'kopeck-client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part } from '../core/base';
import { amount, change, day, money, time } from '../core/format';
import { t, wordOf } from '../core/i18n';
import { link } from '../core/router';
import { api, session } from '../core/session';
import { accountLink, badge } from './bits';

/** What an operation did, in a line: what left and what arrived. */
export function summary(operation: Operation): string {
  const { entries } = operation;
  if (entries.length > 0) {
    const out = entries[0]!;
    const into = entries[entries.length - 1]!;
    const paid = money(absolute(out.amount), out.currency);
    return out.currency === into.currency ? paid : `${paid} → ${money(absolute(into.amount), into.currency)}`;
  }

  if (operation.holds?.[0]) return `${t('op.onHold')} ${change(operation.holds[0].change)} ${operation.holds[0].currency}`;
  if (operation.quotes) return `${day(operation.date)} · ${Object.keys(operation.quotes).join(', ')}`;
  if (operation.currency) return operation.currency;
  if (operation.floor !== undefined) return operation.floor === null ? t('word.unlimited') : amount(operation.floor);
  return '';
}

/** A row of a list of operations: a link to its page. */
export function operationRow(operation: Operation, of?: string): TemplateResult {
  const own = of === undefined ? [] : operation.entries.filter((entry) => entry.account === of);
  const moved = own.length === 0 ? summary(operation) : own.map((entry) => `${change(entry.amount)} ${entry.currency}`).join(', ');
  const balance = own.at(-1);
  return html`<a class="row operation" href=${link(`operations/${operation.id}`)}>
    <span class="id">${operation.id}</span>
    ${badge('kind', operation.kind)}
    <span class="number ${own[0] ? sign(own[0].amount) : ''}">${moved}</span>
    ${of === undefined ? nothing : html`<span class="number quiet">${balance ? money(balance.balance, balance.currency) : ''}</span>`}
    <span class="what"><bdi>${operation.description ?? operation.reverses?.reason ?? ''}</bdi></span>
    <span class="quiet when">${time(operation.at)}</span>
  </a>`;
}

export function sign(text: string): 'out' | 'in' {
  return text.startsWith('-') ? 'out' : 'in';
}

export function absolute(text: string): string {
  return text.startsWith('-') ? text.slice(1) : text;
}

/** Entries as a table, with the names of the accounts. */
export function entriesTable(entries: readonly Entry[]): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('op.entries')}>
    <table>
      <thead><tr><th scope="col">${t('word.account')}</th><th scope="col" class="number">${t('word.amount')}</th><th scope="col" class="number">${t('word.balance')}</th></tr></thead>
      <tbody>${entries.map((entry) => html`<tr>
        <td>${entry.account === null ? '…' : html`${accountLink(entry.account)} <k-account-name .account=${entry.account}></k-account-name>`}</td>
        <td class="number ${sign(entry.amount)}">${change(entry.amount)} ${entry.currency}</td>
        <td class="number">${money(entry.balance, entry.currency)}</td>
      </tr>`)}</tbody>
    </table>
  </div>`;
}

/** What a dry run would do: each account with what it loses or gets and has after it. */
export function previewOf(operation: Operation): TemplateResult {
  return html`
    ${operation.entries.length === 0 ? nothing : entriesTable(operation.entries)}
    ${operation.exchange ? html`<p>${t('word.rate')}: ${operation.exchange.from}/${operation.exchange.to} ${amount(operation.exchange.rate)} · ${t('op.exchange.day', { date: day(operation.exchange.date) })}</p>` : nothing}
    ${operation.holds?.map((held) => html`<p>${t('op.heldChange', { change: change(held.change), currency: held.currency, account: held.account, held: amount(held.held) })}</p>`)}
    ${operation.reverses ? html`<p>${t('op.reversible')}: ${money(operation.reverses.remaining, operation.reverses.currency)}</p>` : nothing}
  `;
}

const names = new Map<string, Promise<string>>();

session.addEventListener('change', () => {
  if (!session.client) names.clear();
});

/** Whose an account is. Asked once an account and session. */
@customElement('k-account-name')
export class AccountName extends Part {
  @property() account = '';
  @state() private name = '';

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('account') || this.account === '') return;
    const { account } = this;
    nameOf(account).then((name) => {
      if (account === this.account) this.name = name;
    }, (error: unknown) => session.note(error));
  }

  override render() {
    return html`<bdi class="quiet">${this.name}</bdi>`;
  }
}

export function nameOf(id: string): Promise<string> {
  let name = names.get(id);
  if (!name) {
    name = api().account(id).then(titleOf);
    name.catch(() => names.delete(id));
    names.set(id, name);
  }

  return name;
}

/** What an account is called: its owner's name, its code, or what it is for. */
export async function titleOf(account: Account): Promise<string> {
  if (account.customer === null) return account.code ?? `${wordOf('account', account.kind)} ${account.currency}`;
  const customer = await api().customer(account.customer);
  return customer.name ?? `${t('word.customer')} ${customer.id}`;
}
