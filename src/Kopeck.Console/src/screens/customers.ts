import { calls, isProblem, type Account, type Customer, type Hold, type Operation } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Reading, Screen } from '../core/base';
import { money, time } from '../core/format';
import { t } from '../core/i18n';
import { choose, link } from '../core/router';
import { api, session } from '../core/session';
import { accountLink, badge, filterLine, json, operationLink, place } from '../ui/bits';
import { given, only, type FormSpec } from '../ui/form';
import { operationRow } from '../ui/operations';
import type { Rows } from '../ui/rows';
import '../ui/rows';

const DEBOUNCE_MS = 150;

@customElement('k-customers')
export class Customers extends Screen {
  @state() private shown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected moved(): void {
    // The list reads by its stamp.
  }

  #search(q: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => choose({ q }), DEBOUNCE_MS);
  }

  override render() {
    const { q = '', country = '' } = this.place.query;
    const on = [...(q === '' ? [] : [[t('customers.search'), q] as const]), ...(country === '' ? [] : [[t('word.country'), country] as const])];
    return html`
      <h1>${t('nav.customers')}</h1>
      <form class="filters" role="search" @submit=${(event: Event) => this.#submit(event)}>
        <div class="field grow">
          <label for="customers-q">${t('customers.search')}</label>
          <input id="customers-q" type="search" autocomplete="off" spellcheck="false" aria-describedby="customers-hint" .value=${q}
            @input=${(event: InputEvent) => this.#search((event.target as HTMLInputElement).value)} />
          <p class="hint" id="customers-hint">${t('customers.hint')}</p>
        </div>
        <div class="field">
          <label for="customers-country">${t('word.country')}</label>
          <input id="customers-country" type="text" size="4" maxlength="2" autocomplete="off" .value=${country}
            @change=${(event: Event) => choose({ country: (event.target as HTMLInputElement).value.toUpperCase() })} />
        </div>
        <p class="actions"><k-curl .plan=${calls.customers(this.#query())}></k-curl></p>
      </form>
      ${filterLine(on, () => choose({ q: '', country: '' }))}
      <div class="split">
        <section aria-label=${t('nav.customers')}>
          <p class="offscreen" role="status">${t('customers.found', { count: this.shown })}</p>
          <k-rows .stamp=${`${q}|${country}`} .source=${() => this.#pages()} .draw=${customerRow as never} .empty=${t('customers.none')} .label=${t('nav.customers')}
            @read=${(event: CustomEvent<{ count: number }>) => (this.shown = event.detail.count)}></k-rows>
        </section>
        <section class="card side">
          <h2>${t('customers.register')}</h2>
          <k-form .spec=${this.#register()}></k-form>
        </section>
      </div>
    `;
  }

  #query() {
    const { q = '', country = '' } = this.place.query;
    return { limit: 50, ...(q === '' ? {} : { name: q }), ...(country === '' ? {} : { country }) };
  }

  /** By name; and the one with that code or number stands first. */
  #pages() {
    const { q = '' } = this.place.query;
    const byName = api().customers(this.#query());
    if (q === '') return byName;
    const text = q.trim();
    return {
      page: async (cursor?: string) => {
        const page = await byName.page(cursor).catch((error: unknown) => {
          // What is no name yet may still be a number or a code.
          if (isProblem(error, 'invalid_query')) return { items: [], next: null };
          throw error;
        });
        if (cursor !== undefined) return page;
        const exact = await exactly(text);
        const known = new Set(exact.map((each) => each.id));
        return { items: [...exact, ...page.items.filter((each) => !known.has(each.id))], next: page.next };
      },
    };
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const first = this.querySelector<HTMLAnchorElement>('k-rows a');
    first?.focus();
  }

  #register(): FormSpec<Customer> {
    return {
      id: 'register',
      submit: t('customers.register'),
      fields: () => [
        { name: 'name', label: t('word.name'), isRequired: true },
        { name: 'country', label: t('word.country'), type: 'country', isRequired: true },
        { name: 'city', label: t('word.city'), type: 'city', isRequired: true },
        { name: 'code', label: t('word.code'), codes: ['already_exists'] },
        { name: 'currency', label: t('customers.firstWallet'), type: 'currency' },
        { name: 'metadata', label: t('word.metadata'), type: 'json' },
      ],
      plan: (v) => calls.registerCustomer(only({
        name: v['name'] ?? '', country: v['country'] ?? '', city: v['city'] ?? '', code: given(v['code']), currency: given(v['currency']),
        metadata: given(v['metadata']) === undefined ? undefined : (JSON.parse(v['metadata']!) as Record<string, unknown>),
      })),
      done: (customer) => html`<p>${t('form.saved')} <a href=${link(`customers/${customer.id}`)}><bdi>${customer.name}</bdi></a>${customer.wallets?.[0] ? html` · <a href=${link('move/deposit', { wallet: customer.wallets[0].id })}>${t('move.deposit')}</a>` : nothing}</p>`,
      after: () => void this.querySelector<Rows>('k-rows')?.again(),
    };
  }
}

async function exactly(text: string): Promise<Customer[]> {
  const found: Customer[] = [];
  if (/^\d+$/.test(text)) {
    const byNumber = await api().customer(text).catch((error: unknown) => {
      if (isProblem(error, 'not_found', 'invalid_query')) return null;
      throw error;
    });
    if (byNumber) found.push(byNumber);
  }

  const byCode = await api().customers({ code: text, limit: 1 }).page().catch((error: unknown) => {
    if (isProblem(error, 'invalid_query')) return { items: [] };
    throw error;
  });
  return [...found, ...byCode.items.filter((each) => !found.some((other) => other.id === each.id))];
}

function customerRow(customer: Customer) {
  return html`<a class="row customer" href=${link(`customers/${customer.id}`)}>
    <span class="id">${customer.id}</span>
    <span class="name">${customer.erased ? html`<em class="quiet">${t('word.erased')}</em>` : html`<bdi>${customer.name}</bdi>`}</span>
    <span class="quiet"><bdi>${place(customer)}</bdi></span>
    <span class="quiet"><bdi>${customer.code ?? ''}</bdi></span>
  </a>`;
}

@customElement('k-customer')
export class CustomerScreen extends Screen {
  readonly #customer = new Reading<Customer>(this);
  readonly #holds = new Reading<Hold[]>(this);
  readonly #operations = new Reading<Operation[]>(this);
  readonly #wallets = new Reading<Account[]>(this);
  @state() private confirmed = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen('operations', () => {
      const wallets = new Set(this.#wallets.value?.map((wallet) => wallet.id));
      if (session.latest.some((each) => each.customer === this.#id || each.entries.some((entry) => wallets.has(entry.account ?? '')) || each.holds?.some((held) => wallets.has(held.account))))
        this.#read();
    });
  }

  get #id(): string {
    return this.place.parts[1] ?? '';
  }

  protected moved(): void {
    if (this.#customer.value?.id !== this.#id) {
      for (const reading of [this.#customer, this.#holds, this.#operations, this.#wallets]) reading.clear();
      this.confirmed = '';
    }

    this.#read();
  }

  #read(): void {
    const id = this.#id;
    void this.#customer.run((signal) => api().customer(id, { signal }));
    void this.#wallets.run((signal) => api().wallets(id, { limit: 1000 }, { signal }).take(1000));
    void this.#holds.run(async (signal) => (await api().holds({ customer: id, status: 'open', limit: 20 }, { signal }).page()).items);
    void this.#operations.run(async (signal) => (await api().operations({ customer: id, limit: 10 }, { signal }).page()).items);
  }

  override render() {
    return html`${this.#customer.show((customer) => this.#draw(customer))}`;
  }

  #draw(customer: Customer) {
    const id = customer.id;
    return html`
      <h1><bdi>${customer.erased ? t('palette.customer', { id }) : customer.name}</bdi></h1>
      <p class="lead"><bdi>${place(customer)}</bdi> · ${t('word.number')} ${id}${customer.code ? html` · ${t('word.code')} <bdi>${customer.code}</bdi>` : nothing}
        ${customer.erased ? html`<span class="badge bad">${t('word.erased')}</span>` : nothing}</p>
      ${customer.erased ? html`<p class="notice">${t('customer.erased')} ${t('customer.erase.stays')}</p>` : nothing}
      <div class="split">
        <div>
          <section class="card">
            <h2>${t('word.wallets')}</h2>
            ${this.#wallets.show((wallets) => wallets.length === 0 ? html`<p class="quiet">${t('word.nothing')}</p>` : html`<ol class="rows">
              ${wallets.map((wallet) => html`<li><a class="row wallet" href=${link(`wallets/${wallet.id}`)}>
                <span class="id">${wallet.id}</span><strong>${wallet.currency}</strong>
                <span class="number">${money(wallet.posted, wallet.currency)}</span>
                <span class="quiet number">${t('word.available')}: ${wallet.available === null ? t('word.unlimited') : money(wallet.available, wallet.currency)}</span>
                ${wallet.status === 'open' ? nothing : badge('status', wallet.status)}
              </a></li>`)}</ol>`)}
          </section>
          <section class="card">
            <h2>${t('customer.holds')}</h2>
            ${this.#holds.show((holds) => holds.length === 0 ? html`<p class="quiet">${t('word.nothing')}</p>` : html`<ul class="plainlist">
              ${holds.map((hold) => html`<li><a href=${link(`holds/${hold.id}`)}>${t('holds.title', { id: hold.id })}</a>
                <span class="number">${money(hold.remaining, hold.currency)}</span>
                <span class="quiet small">${t('word.account')} ${accountLink(hold.account)} · ${hold.expiresAt ? time(hold.expiresAt) : t('holds.never')}</span></li>`)}</ul>`)}
          </section>
          <section class="card">
            <h2>${t('customer.operations')}</h2>
            ${this.#operations.show((operations) => operations.length === 0 ? html`<p class="quiet">${t('word.nothing')}</p>`
              : html`<ol class="rows">${operations.map((each) => html`<li>${operationRow(each)}</li>`)}</ol>
                <p><a href=${link('journal', { customer: id })}>${t('word.more')}</a></p>`)}
          </section>
          ${Object.keys(customer.metadata).length === 0 ? nothing : html`<section class="card"><h2>${t('word.metadata')}</h2>${json(customer.metadata)}</section>`}
        </div>
        <div class="side">
          <section class="card"><h2>${t('customer.open')}</h2><k-form .spec=${this.#openWallet(id)}></k-form></section>
          ${customer.erased ? nothing : html`
            <details class="card"><summary><h2>${t('customer.change')}</h2></summary><k-form .spec=${this.#change(customer)}></k-form></details>
            <details class="card"><summary><h2>${t('customer.erase')}</h2></summary>${this.#erase(id)}</details>`}
          <p><k-curl .plan=${calls.customer(id)}></k-curl></p>
        </div>
      </div>
    `;
  }

  #openWallet(id: string): FormSpec<Account> {
    return {
      id: `open-wallet-${id}`,
      submit: t('customer.open'),
      fields: () => [
        { name: 'currency', label: t('word.currency'), type: 'currency', isRequired: true },
        { name: 'code', label: t('word.code'), codes: ['already_exists'] },
      ],
      plan: (v) => calls.openWallet(id, only({ currency: v['currency'] ?? '', code: given(v['code']) })),
      done: (wallet) => html`<p>${t('form.saved')} ${accountLink(wallet.id, `${t('word.wallet')} ${wallet.id}`)}</p>`,
      after: () => this.#read(),
    };
  }

  #change(customer: Customer): FormSpec<Customer> {
    return {
      id: `change-${customer.id}`,
      submit: t('customer.change'),
      start: {
        name: customer.name ?? '', country: customer.country, city: customer.city ?? '', code: customer.code ?? '',
        metadata: Object.keys(customer.metadata).length === 0 ? '' : JSON.stringify(customer.metadata),
      },
      fields: () => [
        { name: 'name', label: t('word.name'), isRequired: true },
        { name: 'country', label: t('word.country'), type: 'country', isRequired: true },
        { name: 'city', label: t('word.city'), type: 'city', isRequired: true },
        { name: 'code', label: t('word.code'), codes: ['already_exists'] },
        { name: 'metadata', label: t('word.metadata'), type: 'json' },
      ],
      plan: (v) => calls.changeCustomer(customer.id, {
        name: v['name'] ?? '', country: v['country'] ?? '', city: v['city'] ?? '', code: given(v['code']) ?? null,
        metadata: given(v['metadata']) === undefined ? null : (JSON.parse(v['metadata']!) as Record<string, unknown>),
      }),
      done: () => html`<p>${t('form.saved')}</p>`,
      after: () => this.#read(),
    };
  }

  #erase(id: string) {
    const spec: FormSpec<Customer> = {
      id: `erase-${id}`,
      submit: t('customer.erase'),
      isDanger: true,
      fields: () => [],
      plan: () => calls.eraseCustomer(id),
      done: (customer) => html`<p>${t('customer.erased')} ${operationLink(customer.asOf)}</p>`,
      after: () => this.#read(),
    };
    return html`
      <p><strong>${t('customer.erase.what')}</strong></p>
      <p>${t('customer.erase.stays')}</p>
      <div class="field">
        <label for="erase-confirm">${t('customer.erase.confirm', { id })}</label>
        <input id="erase-confirm" type="text" inputmode="numeric" autocomplete="off" .value=${this.confirmed}
          @input=${(event: InputEvent) => (this.confirmed = (event.target as HTMLInputElement).value.trim())} />
      </div>
      ${this.confirmed === id ? html`<k-form .spec=${spec}></k-form>` : nothing}
    `;
  }
}
