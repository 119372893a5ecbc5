import { isProblem, type Account } from 'kopeck-client';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part } from '../core/base';
import { money } from '../core/format';
import { t, wordOf } from '../core/i18n';
import { place } from './bits';
import { api, session } from '../core/session';

export interface Found {
  value: string;
  label: string;
  hint: string;
}

const DEBOUNCE_MS = 180;
const MOST = 8;
const CUSTOMERS = 6;

/** A field for an account, a hold's receiver or a customer: by number, by name as one types, with the arrow keys (ARIA's combobox). */
@customElement('k-picker')
export class Picker extends Part {
  @property() inputId = '';
  @property() kind: 'account' | 'receiver' | 'customer' = 'account';
  @property() value = '';
  @property({ type: Boolean }) isInvalid = false;
  @property() describedBy = '';

  @state() private text = '';
  @state() private found: Found[] = [];
  @state() private isOpen = false;
  @state() private active = -1;
  @state() private about = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('value') && this.value !== this.text) {
      const known = this.found.find((each) => each.value === this.value);
      if (!known || !this.text.startsWith(known.label)) this.text = this.value === 'cash' ? t('word.cash') : this.value;
      // What was said of another choice, or is still asked of it, is not said of this.
      this.#turn++;
      this.about = known?.hint ?? '';
      void this.#tell(this.value);
    }
  }

  #input(text: string): void {
    this.text = text;
    this.about = '';
    this.#set(text.trim());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(text.trim()), DEBOUNCE_MS);
  }

  #set(value: string): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent('pick', { detail: value, bubbles: true }));
  }

  #choose(found: Found): void {
    this.#turn++;
    this.text = found.label;
    this.about = found.hint;
    this.isOpen = false;
    this.active = -1;
    this.#set(found.value);
  }

  async #search(text: string): Promise<void> {
    const turn = ++this.#turn;
    try {
      const found = text === '' ? this.#always() : await this.#find(text);
      if (turn !== this.#turn) return;
      this.found = found.slice(0, MOST);
      this.isOpen = document.activeElement === this.querySelector('input');
      this.active = -1;
    } catch (error) {
      if (turn === this.#turn) this.found = [];
      session.note(error);
    }
  }

  #always(): Found[] {
    return this.kind === 'receiver' ? [{ value: 'cash', label: t('word.cash'), hint: '' }] : [];
  }

  async #find(text: string): Promise<Found[]> {
    const kopeck = api();
    if (/^\d+$/.test(text)) return [...(await this.#byNumber(text))];
    const customers = await kopeck.customers({ name: text, limit: CUSTOMERS }).page().then((page) => page.items, wrongQuery);
    if (this.kind === 'customer')
      return customers.map((each) => ({ value: each.id, label: `${each.name ?? each.id} · ${each.id}`, hint: place(each) }));
    const wallets = await Promise.all(customers.map((each) => kopeck.wallets(each.id, { limit: 5 }).page()));
    const found = customers.flatMap((customer, place) => wallets[place]!.items.map((wallet) => describe(wallet, customer.name)));
    const internal = await kopeck.accounts({ code: text, limit: 5 }).page().then((page) => page.items, wrongQuery);
    return [...this.#always(), ...found, ...internal.map((account) => describe(account, null))];
  }

  async #byNumber(id: string): Promise<Found[]> {
    try {
      if (this.kind === 'customer') {
        const customer = await api().customer(id);
        return [{ value: id, label: `${customer.name ?? id} · ${id}`, hint: place(customer) }];
      }

      const account = await api().account(id);
      const name = account.customer ? (await api().customer(account.customer)).name : null;
      return [describe(account, name)];
    } catch (error) {
      if (isProblem(error, 'not_found', 'invalid_query')) return [];
      throw error;
    }
  }

  /** What stands below the field once something is chosen. */
  async #tell(value: string): Promise<void> {
    if (!/^\d+$/.test(value)) return;
    const turn = ++this.#turn;
    const [found] = await this.#byNumber(value).catch(() => []);
    if (turn !== this.#turn || !found) return;
    this.text = found.label;
    this.about = found.hint;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.isOpen) {
        void this.#search(this.text.trim());
        return;
      }

      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.active = (this.active + step + this.found.length) % Math.max(1, this.found.length);
    } else if (event.key === 'Enter' && this.isOpen && this.active >= 0) {
      event.preventDefault();
      this.#choose(this.found[this.active]!);
    } else if (event.key === 'Escape' && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.isOpen = false;
    }
  }

  override render() {
    const list = `${this.inputId}-list`;
    const open = this.isOpen && this.found.length > 0;
    return html`
      <div class="picker">
        <input
          id=${this.inputId} type="text" role="combobox" autocomplete="off" spellcheck="false"
          aria-expanded=${open} aria-controls=${list} aria-autocomplete="list"
          aria-activedescendant=${open && this.active >= 0 ? `${list}-${this.active}` : nothing}
          aria-invalid=${this.isInvalid ? 'true' : nothing} aria-describedby=${this.describedBy || nothing}
          placeholder=${t('picker.hint')} .value=${this.text}
          @input=${(event: InputEvent) => this.#input((event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.#key(event)}
          @focus=${() => this.kind === 'receiver' && this.text === '' && void this.#search('')}
          @blur=${() => setTimeout(() => (this.isOpen = false), 150)} />
        <ul id=${list} role="listbox" aria-label=${t('app.palette')} ?hidden=${!open}>
          ${this.found.map((each, place) => html`<li
            id=${`${list}-${place}`} role="option" aria-selected=${place === this.active}
            @mousedown=${(event: Event) => event.preventDefault()} @click=${() => this.#choose(each)}>
            <span>${each.label}</span> <span class="quiet">${each.hint}</span>
          </li>`)}
        </ul>
        <p class="about" aria-live="polite">${this.about || (open ? html`<span class="offscreen">${t('picker.results', { count: this.found.length })}</span>` : nothing)}</p>
      </div>
    `;
  }
}

function describe(account: Account, name: string | null): Found {
  const who = name ?? account.code ?? wordOf('account', account.kind);
  return {
    value: account.id,
    label: `${who} · ${account.currency} · ${account.id}`,
    hint: account.available === null ? money(account.posted, account.currency) : `${money(account.available, account.currency)} · ${t('word.available')}`,
  };
}

// What was typed so far may be no name or code yet.
function wrongQuery(error: unknown): never[] {
  if (isProblem(error, 'invalid_query')) return [];
  throw error;
}
