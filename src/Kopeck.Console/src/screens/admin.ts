import { calls, isProblem, type Account, type ApiKey, type Book, type KeyTerms, type NewBook, type NewKey, type Scope } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { failure, Reading, Screen } from '../core/base';
import { copy } from '../core/curl';
import { count, money, setZone, time } from '../core/format';
import { t } from '../core/i18n';
import { choose, link } from '../core/router';
import { api, session } from '../core/session';
import { accountLink, badge, customerLink } from '../ui/bits';
import { given, only, type Field, type FormSpec, type FormValues } from '../ui/form';
import { titleOf } from '../ui/operations';
import '../ui/picker';

const SCOPES: Scope[] = ['read', 'transfer', 'cash', 'quotes', 'admin'];

const OVERLAPS = () => [
  { value: '86400', label: t('admin.keys.overlap.day') },
  { value: '0', label: t('admin.keys.overlap.none') },
  { value: '3600', label: t('admin.keys.overlap.hour') },
  { value: '604800', label: t('admin.keys.overlap.week') },
  { value: '2592000', label: t('admin.keys.overlap.month') },
];

/** The fields of a key's limits: what is empty is no limit. */
const termFields = (): Field[] => [
  { name: 'expiresAt', label: t('admin.keys.expiresAt'), type: 'date', hint: t('admin.keys.expiresAt.hint') },
  { name: 'allowedNetworks', label: t('admin.keys.networks'), hint: t('admin.keys.networks.hint') },
  { name: 'rateLimit', label: t('admin.keys.limit'), type: 'number', hint: t('admin.keys.limit.hint') },
];

/** A day's beginning; what a key already has to the second it keeps while the day is the same. */
const endOf = (day: string | undefined, before: string | null): string | null =>
  given(day) === undefined ? null : before?.slice(0, 10) === day ? before : `${day}T00:00:00Z`;

const termsOf = (v: FormValues, before: string | null = null): KeyTerms => ({
  expiresAt: endOf(v['expiresAt'], before),
  allowedNetworks: given(v['allowedNetworks'])?.replace(/\s*,\s*/g, ',') ?? null,
  rateLimit: given(v['rateLimit']) === undefined ? null : Number(v['rateLimit']),
});

/** What of the limits was said: a key is made without the rest. */
const termsSaid = (v: FormValues): KeyTerms => Object.fromEntries(Object.entries(termsOf(v)).filter(([, value]) => value !== null));

const isOver = (key: ApiKey): boolean => key.revokedAt !== null || (key.expiresAt !== null && Date.parse(key.expiresAt) <= Date.now());

@customElement('k-admin')
export class Admin extends Screen {
  readonly #keys = new Reading<ApiKey[]>(this);
  readonly #books = new Reading<Book[]>(this);
  readonly #account = new Reading<{ account: Account; title: string } | null>(this);
  @state() private secret: { name: string; key: string } | null = null;
  @state() private asking: string | null = null;
  @state() private copied = '';
  @state() private error: unknown;

  get #tabs(): readonly string[] {
    return session.who === 'operator' ? ['books'] : ['keys', 'accounts', 'book'];
  }

  get #tab(): string {
    const name = this.place.parts[1] ?? '';
    return this.#tabs.includes(name) ? name : this.#tabs[0]!;
  }

  protected moved(): void {
    this.#read();
  }

  #read(): void {
    const tab = this.#tab;
    if (tab === 'keys') void this.#keys.run((signal) => api().keys({ signal }));
    if (tab === 'books') void this.#books.run((signal) => api().books({ signal }));
    const { account } = this.place.query;
    if (tab !== 'accounts') return;
    if (!account) this.#account.clear();
    else void this.#account.run(async (signal) => {
      try {
        const found = await api().account(account, {}, { signal });
        return { account: found, title: await titleOf(found) };
      } catch (error) {
        if (isProblem(error, 'not_found')) return null;
        throw error;
      }
    });
  }

  override render() {
    const tab = this.#tab;
    return html`
      <h1>${t('nav.admin')}</h1>
      ${session.who === 'operator' ? html`<p class="notice">${t('admin.operator')}</p>` : nothing}
      <nav class="tabs" aria-label=${t('nav.admin')}>
        ${this.#tabs.map((each) => html`<a href=${link(`admin/${each}`)} aria-current=${each === tab ? 'page' : nothing}>${t(`admin.${each}` as 'admin.keys')}</a>`)}
      </nav>
      ${this.secret ? this.#drawSecret(this.secret) : nothing}
      ${tab === 'keys' ? this.#drawKeys() : tab === 'accounts' ? this.#drawAccounts() : tab === 'book' ? this.#drawBook() : this.#drawBooks()}
    `;
  }

  #drawSecret({ name, key }: { name: string; key: string }) {
    return html`<section class="card secret" role="alert"><h2>${t('admin.keys.secret', { name })}</h2>
      <p><code class="hash">${key}</code></p>
      <p class="actions"><button type="button" class="primary" @click=${async () => (this.copied = (await copy(key)) ? t('word.copied') : '')}>${t('admin.keys.copy')}</button>
        <button type="button" @click=${() => { this.secret = null; this.copied = ''; }}>${t('admin.keys.hide')}</button> <span role="status">${this.copied}</span></p></section>`;
  }

  #drawKeys() {
    const spec: FormSpec<NewKey> = {
      id: 'new-key', submit: t('admin.keys.make'),
      fields: () => [
        { name: 'name', label: t('word.name'), isRequired: true, codes: ['already_exists'] },
        ...SCOPES.map((scope) => ({ name: scope, label: scope, type: 'check' as const, pointer: scope === 'read' ? '/scopes' : `/scopes/${scope}` })),
        ...termFields(),
      ],
      start: { read: 'true' },
      plan: (v) => calls.createKey({ name: v['name'] ?? '', scopes: SCOPES.filter((scope) => v[scope] === 'true'), ...termsSaid(v) }),
      done: (key) => html`<p>${t('form.saved')} <strong>${key.name}</strong></p>`,
      after: (key) => {
        this.secret = { name: key.name, key: key.key };
        this.#read();
        scrollTo(0, 0);
      },
    };
    return html`<div class="split">
      <div>
        <section class="card"><h2>${t('admin.keys')}</h2>
          ${this.#keys.show((keys) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('admin.keys')}><table>
            <thead><tr><th scope="col">${t('word.name')}</th><th scope="col">${t('admin.keys.scopes')}</th><th scope="col">${t('admin.keys.limits')}</th><th scope="col">${t('admin.keys.used')}</th><th scope="col">${t('word.status')}</th><th scope="col"><span class="offscreen">${t('admin.keys.manage')}</span></th></tr></thead>
            <tbody>${keys.map((key) => this.#keyRow(key))}</tbody>
          </table></div>`)}
          <p><k-curl .plan=${calls.keys()}></k-curl></p>
        </section>
        ${(this.#keys.value ?? []).filter((key) => key.name === this.place.query['key']).map((key) => this.#manageKey(key))}
      </div>
      <section class="card side form"><h2>${t('admin.keys.make')}</h2><k-form .spec=${spec}></k-form></section>
    </div>`;
  }

  #keyRow(key: ApiKey) {
    const state = key.revokedAt ? t('admin.keys.revoked', { at: time(key.revokedAt) })
      : isOver(key) ? t('admin.keys.expired', { at: time(key.expiresAt) }) : null;
    const limits = [
      key.expiresAt === null ? '' : t('admin.keys.until', { at: time(key.expiresAt) }),
      key.allowedNetworks === null ? '' : t('admin.keys.from', { networks: key.allowedNetworks.replaceAll(',', ', ') }),
      key.rateLimit === null ? '' : t('admin.keys.rate', { count: count(key.rateLimit) }),
    ].filter(Boolean);
    return html`<tr><th scope="row"><bdi>${key.name}</bdi></th><td>${key.scopes.join(', ')}</td>
      <td>${limits.length === 0 ? html`<span class="quiet">${t('admin.keys.unlimited')}</span>` : limits.map((limit) => html`<div>${limit}</div>`)}</td>
      <td>${key.lastUsedAt === null ? html`<span class="quiet">${t('admin.keys.neverUsed')}</span>` : time(key.lastUsedAt)}</td>
      <td>${state === null ? html`<span class="good">${t('admin.keys.valid')}</span>` : html`<span class="quiet">${state}</span>`}</td>
      <td class="number">${key.revokedAt ? nothing : html`<a class="button small" href=${link('admin/keys', { key: key.name })} aria-label=${`${t('admin.keys.manage')}: ${key.name}`}>${t('admin.keys.manage')}</a>`}</td></tr>`;
  }

  #manageKey(key: ApiKey) {
    const { name } = key;
    if (key.revokedAt) return nothing;
    const terms: FormSpec<ApiKey> = {
      id: `terms-${name}-${key.expiresAt}-${key.allowedNetworks}-${key.rateLimit}`, submit: t('admin.keys.change'), fields: termFields,
      start: { expiresAt: key.expiresAt?.slice(0, 10) ?? '', allowedNetworks: key.allowedNetworks ?? '', rateLimit: key.rateLimit === null ? '' : String(key.rateLimit) },
      plan: (v) => calls.changeKey(name, termsOf(v, key.expiresAt)),
      done: () => html`<p>${t('form.saved')}</p>`, after: () => this.#read(),
    };
    const rotate: FormSpec<NewKey> = {
      id: `rotate-${name}`, submit: t('admin.keys.rotate'),
      fields: () => [{ name: 'overlap', label: t('admin.keys.overlap'), type: 'select', pointer: '/overlapSeconds', options: OVERLAPS() }],
      plan: (v) => calls.rotateKey(name, { overlapSeconds: Number(v['overlap']) }),
      done: () => html`<p>${t('form.saved')}</p>`,
      after: (made) => {
        this.secret = { name, key: made.key };
        this.#read();
        scrollTo(0, 0);
      },
    };
    return html`
      <section class="card"><h2>${t('admin.keys.one', { name })}</h2>
        <dl><dt>${t('admin.keys.scopes')}</dt><dd>${key.scopes.join(', ')}</dd><dt>${t('admin.keys.made')}</dt><dd>${time(key.createdAt)}</dd>
          <dt>${t('admin.keys.used')}</dt><dd>${key.lastUsedAt === null ? t('admin.keys.neverUsed') : time(key.lastUsedAt)}</dd></dl>
        ${key.oldSecretUntil !== null && Date.parse(key.oldSecretUntil) > Date.now() ? html`<p class="notice">${t('admin.keys.oldSecret', { at: time(key.oldSecretUntil) })}</p>` : nothing}
      </section>
      <div class="cards forms">
        <section class="card form"><h2>${t('admin.keys.limits')}</h2><k-form .spec=${terms}></k-form></section>
        <section class="card form"><h2>${t('admin.keys.rotate')}</h2><p class="quiet small">${t('admin.keys.rotate.note')}</p><k-form .spec=${rotate}></k-form></section>
        <section class="card form"><h2>${t('admin.keys.revoke')}</h2>
          ${this.error === undefined ? nothing : failure(this.error)}
          ${this.asking === name
            ? html`<p role="alert">${t('admin.keys.revoke.confirm', { name })}</p>
              <p class="actions"><button type="button" class="danger" @click=${() => void this.#revoke(name)}>${t('admin.keys.revoke')}</button>
                <button type="button" @click=${() => (this.asking = null)}>${t('word.cancel')}</button></p>`
            : html`<p class="actions"><button type="button" class="danger" aria-label=${`${t('admin.keys.revoke')}: ${name}`} @click=${() => (this.asking = name)}>${t('admin.keys.revoke')}</button>
              <k-curl .plan=${calls.revokeKey(name)}></k-curl></p>`}
        </section>
      </div>`;
  }

  async #revoke(name: string): Promise<void> {
    this.asking = null;
    this.error = undefined;
    try {
      await api().revokeKey(name);
      this.#read();
    } catch (error) {
      this.error = error;
      session.note(error);
    }
  }

  #drawAccounts() {
    const { account = '' } = this.place.query;
    const open: FormSpec<Account> = {
      id: 'open-account', submit: t('admin.accounts.open'),
      fields: () => [
        { name: 'code', label: t('word.code'), isRequired: true, codes: ['already_exists'] },
        { name: 'currency', label: t('word.currency'), type: 'currency', isRequired: true },
        { name: 'floor', label: t('word.floor'), type: 'amount', hint: t('admin.floor.hint') },
      ],
      start: { floor: '0' },
      plan: (v) => calls.openAccount({ code: v['code'] ?? '', currency: v['currency'] ?? '', floor: given(v['floor']) ?? null }),
      done: (made) => html`<p>${t('form.saved')} ${accountLink(made.id, `${made.code} · ${made.currency}`)}</p>`,
    };
    return html`<div class="split">
      <div>
        <section class="card"><h2><label for="a-account">${t('admin.accounts.pick')}</label></h2>
          <k-picker .inputId=${'a-account'} .kind=${'account'} .value=${account} @pick=${(event: CustomEvent<string>) => /^\d*$/.test(event.detail) && choose({ account: event.detail })}></k-picker>
        </section>
        ${account === '' ? nothing : this.#account.show((found) => found === null ? html`<p class="quiet">${t('picker.none')}</p>` : this.#manage(found.account, found.title))}
      </div>
      <section class="card side form"><h2>${t('admin.accounts.open')}</h2><k-form .spec=${open}></k-form></section>
    </div>`;
  }

  #manage(account: Account, title: string) {
    const { id, currency } = account;
    const after = () => this.#read();
    const done = () => html`<p>${t('form.saved')}</p>`;
    const freeze: FormSpec<Account> = {
      id: `freeze-${id}`, submit: t('admin.freeze'), after, done, isDanger: true,
      fields: () => [{ name: 'what', label: t('admin.freeze.what'), type: 'select', options: [{ value: 'debits', label: t('admin.freeze.debits') }, { value: 'all', label: t('admin.freeze.all') }] }],
      plan: (v) => calls.freezeAccount(id, v['what'] === 'all' ? 'all' : 'debits'),
    };
    const unfreeze: FormSpec<Account> = { id: `unfreeze-${id}`, submit: t('admin.unfreeze'), after, done, fields: () => [], plan: () => calls.unfreezeAccount(id) };
    const floor: FormSpec<Account> = {
      id: `floor-${id}`, submit: t('admin.floor'), after, done, start: { floor: account.floor ?? '' },
      fields: () => [{ name: 'floor', label: `${t('word.floor')}, ${currency}`, type: 'amount', hint: t('admin.floor.hint'), codes: ['insufficient_funds', 'overflow'] }],
      plan: (v) => calls.setFloor(id, given(v['floor']) ?? null),
    };
    const close: FormSpec<Account> = { id: `close-${id}`, submit: t('admin.close'), after, done, isDanger: true, fields: () => [], plan: () => calls.closeAccount(id) };
    const isFrozen = account.status === 'frozen' || account.status === 'debits_frozen';
    return html`
      <section class="card"><h2>${accountLink(id, `${t('word.account')} ${id}`)} · ${currency} ${badge('status', account.status)}</h2>
        <p>${account.customer ? customerLink(account.customer, title) : html`<bdi>${title}</bdi>`} · ${t('word.posted')}: ${money(account.posted, currency)} · ${t('word.held')}: ${money(account.held, currency)} · ${t('word.floor')}: ${account.floor === null ? t('word.unlimited') : money(account.floor, currency)}</p></section>
      ${account.status === 'closed' || account.kind === 'cash' || account.kind === 'exchange' ? nothing : html`<div class="cards forms">
        <section class="card form"><h2>${t(isFrozen ? 'admin.unfreeze' : 'admin.freeze')}</h2>${isFrozen ? html`<k-form .spec=${unfreeze}></k-form>` : html`<k-form .spec=${freeze}></k-form>`}</section>
        <section class="card form"><h2>${t('admin.floor')}</h2><k-form .spec=${floor}></k-form></section>
        <section class="card form"><h2>${t('admin.close')}</h2><p>${t('admin.close.confirm', { id })}</p><k-form .spec=${close}></k-form></section>
      </div>`}`;
  }

  #drawBook() {
    const book = session.book!;
    const spec: FormSpec<Book> = {
      id: `book-${book.quoteMaxAgeDays}-${book.timeZone}`, submit: t('customer.change'),
      start: { quoteMaxAgeDays: String(book.quoteMaxAgeDays), timeZone: book.timeZone },
      fields: () => [
        { name: 'quoteMaxAgeDays', label: t('admin.book.age'), type: 'number', isRequired: true },
        { name: 'timeZone', label: t('word.zone'), isRequired: true },
      ],
      plan: (v) => calls.changeBook({ quoteMaxAgeDays: Number(v['quoteMaxAgeDays']), timeZone: v['timeZone'] ?? '' }),
      done: () => html`<p>${t('form.saved')}</p>`,
      after: (changed) => {
        session.book = changed;
        setZone(changed.timeZone);
        this.requestUpdate();
      },
    };
    return html`<section class="card form"><h2>${t('admin.book.terms')}: ${book.name}</h2>
      <dl><dt>${t('admin.book.base')}</dt><dd>${book.baseCurrency}</dd><dt>${t('app.head')}</dt><dd>${count(book.head.number)} · ${time(book.head.at)}</dd><dt>${t('word.hash')}</dt><dd><code class="hash">${book.head.number}:${book.head.hash}</code></dd></dl>
      <p class="quiet">${t('admin.book.note')}</p><k-form .spec=${spec}></k-form></section>`;
  }

  #drawBooks() {
    const spec: FormSpec<NewBook> = {
      id: 'new-book', submit: t('admin.books.open'),
      fields: () => [
        { name: 'name', label: t('word.name'), isRequired: true, codes: ['already_exists'] },
        { name: 'baseCurrency', label: t('admin.book.base') },
        { name: 'quoteMaxAgeDays', label: t('admin.book.age'), type: 'number' },
        { name: 'timeZone', label: t('word.zone') },
      ],
      plan: (v) => calls.openBook(only({
        name: v['name'] ?? '', baseCurrency: given(v['baseCurrency'])?.toUpperCase(), timeZone: given(v['timeZone']),
        quoteMaxAgeDays: given(v['quoteMaxAgeDays']) === undefined ? undefined : Number(v['quoteMaxAgeDays']),
      })),
      done: (book) => html`<p>${t('form.saved')} <strong>${book.name}</strong></p>`,
      after: (book) => {
        this.secret = { name: `admin · ${book.name}`, key: book.key };
        this.#read();
        scrollTo(0, 0);
      },
    };
    return html`<div class="split">
      <section class="card"><h2>${t('admin.books')}</h2>
        ${this.#books.show((books) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('admin.books')}><table>
          <thead><tr><th scope="col">${t('word.name')}</th><th scope="col">${t('admin.book.base')}</th><th scope="col">${t('word.zone')}</th><th scope="col" class="number">${t('app.head')}</th><th scope="col">${t('word.at')}</th></tr></thead>
          <tbody>${books.map((book) => html`<tr><th scope="row">${book.name}</th><td>${book.baseCurrency}</td><td>${book.timeZone}</td><td class="number">${count(book.head.number)}</td><td>${time(book.head.at)}</td></tr>`)}</tbody>
        </table></div>`)}
        <p><k-curl .plan=${calls.books()}></k-curl></p>
      </section>
      <section class="card side form"><h2>${t('admin.books.open')}</h2><k-form .spec=${spec}></k-form></section>
    </div>`;
  }
}
