import { isProblem, type Customer } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Part } from '../core/base';
import { setLanguage, t, type Word } from '../core/i18n';
import { go } from '../core/router';
import { api, session } from '../core/session';
import { setTheme } from '../core/theme';

interface Entry {
  label: string;
  hint?: string;
  run: () => void;
}

const DEBOUNCE_MS = 150;

export const PAGES: readonly (readonly [path: string, word: Word, letter: string])[] = [
  ['', 'nav.overview', 'o'],
  ['customers', 'nav.customers', 'c'],
  ['journal', 'nav.journal', 'j'],
  ['proof', 'nav.proof', 'p'],
  ['move', 'nav.move', 'm'],
  ['holds', 'nav.holds', 'h'],
  ['quotes', 'nav.quotes', 'q'],
  ['reports', 'nav.reports', 'r'],
  ['admin', 'nav.admin', 'a'],
];

/** Everything by its name: pages, actions, numbers, customers. */
@customElement('k-palette')
export class Palette extends Part {
  @state() private text = '';
  @state() private customers: Customer[] = [];
  @state() private active = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  open(): void {
    const dialog = this.#dialog();
    if (dialog.open) return;
    this.text = '';
    this.customers = [];
    this.active = 0;
    dialog.showModal();
    this.querySelector('input')!.value = '';
    this.querySelector('input')!.focus();
  }

  #dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!;
  }

  #entries(): Entry[] {
    const text = this.text.trim().toLowerCase();
    const to = (path: string, query = {}) => () => go(path, query);
    const all: Entry[] = session.who === 'operator' ? [{ label: t('admin.books'), run: to('admin/books') }] : [
      ...PAGES.map(([path, word]) => ({ label: t(word), run: to(path) })),
      ...(['deposit', 'withdrawal', 'transfer', 'posting', 'hold', 'capture', 'reversal'] as const).map((kind) => ({ label: t(`move.${kind}`), hint: t('nav.move'), run: to(`move/${kind}`) })),
      { label: t('customers.register'), hint: t('nav.customers'), run: to('customers') },
      { label: t('proof.export'), hint: t('nav.proof'), run: to('proof') },
      ...(['trial', 'turnover', 'card', 'postings'] as const).map((tab) => ({ label: t(`reports.${tab}`), hint: t('nav.reports'), run: to(`reports/${tab}`) })),
      ...(['keys', 'accounts', 'book'] as const).map((tab) => ({ label: t(`admin.${tab}`), hint: t('nav.admin'), run: to(`admin/${tab}`) })),
    ];
    all.push(
      { label: 'English', hint: t('app.language'), run: () => setLanguage('en') },
      { label: 'Русский', hint: t('app.language'), run: () => setLanguage('ru') },
      ...(['auto', 'light', 'dark'] as const).map((theme) => ({ label: t(`app.theme.${theme}`), hint: t('app.theme'), run: () => setTheme(theme) })),
      { label: t('app.signOut'), run: () => session.end('signed-out') },
    );
    if (text === '') return all;
    const numbers: Entry[] = /^\d+$/.test(text) && session.who === 'book' ? [
      { label: t('palette.operation', { id: text }), run: to(`operations/${text}`) },
      { label: t('palette.account', { id: text }), run: to(`wallets/${text}`) },
      { label: t('palette.customer', { id: text }), run: to(`customers/${text}`) },
      { label: t('palette.hold', { id: text }), run: to(`holds/${text}`) },
    ] : [];
    const people = this.customers.map((each) => ({ label: each.name ?? each.id, hint: `${t('word.customer')} ${each.id} · ${each.country}`, run: to(`customers/${each.id}`) }));
    return [...numbers, ...all.filter((each) => each.label.toLowerCase().includes(text)), ...people];
  }

  #input(text: string): void {
    this.text = text;
    this.active = 0;
    clearTimeout(this.#timer);
    if (session.who === 'book') this.#timer = setTimeout(() => void this.#search(text.trim()), DEBOUNCE_MS);
  }

  async #search(name: string): Promise<void> {
    const turn = ++this.#turn;
    if (name === '' || /^\d+$/.test(name)) {
      this.customers = [];
      return;
    }

    try {
      const { items } = await api().customers({ name, limit: 8 }).page();
      if (turn === this.#turn) this.customers = items;
    } catch (error) {
      if (turn === this.#turn) this.customers = [];
      if (!isProblem(error, 'invalid_query')) session.note(error);
    }
  }

  #run(entry: Entry | undefined): void {
    if (!entry) return;
    this.#dialog().close();
    entry.run();
  }

  #key(event: KeyboardEvent, entries: Entry[]): void {
    if (event.key === 'ArrowDown') this.active = (this.active + 1) % Math.max(1, entries.length);
    else if (event.key === 'ArrowUp') this.active = (this.active - 1 + entries.length) % Math.max(1, entries.length);
    else if (event.key === 'Enter') this.#run(entries[this.active]);
    else return;
    event.preventDefault();
    void this.updateComplete.then(() => this.querySelector(`#palette-${this.active}`)?.scrollIntoView({ block: 'nearest' }));
  }

  override render() {
    const entries = this.#entries();
    return html`<dialog class="palette" aria-label=${t('palette.title')} @click=${(event: Event) => event.target === this.#dialog() && this.#dialog().close()}>
      <label class="offscreen" for="palette-input">${t('palette.title')}</label>
      <input id="palette-input" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false"
        aria-activedescendant=${entries.length > 0 ? `palette-${this.active}` : nothing} placeholder=${t('palette.hint')}
        @input=${(event: InputEvent) => this.#input((event.target as HTMLInputElement).value)} @keydown=${(event: KeyboardEvent) => this.#key(event, entries)} />
      <ul id="palette-list" role="listbox" aria-label=${t('palette.title')}>
        ${entries.map((entry, place) => html`<li id=${`palette-${place}`} role="option" aria-selected=${place === this.active} @click=${() => this.#run(entry)}>
          <bdi>${entry.label}</bdi> <span class="quiet small">${entry.hint ?? ''}</span></li>`)}
      </ul>
      ${entries.length === 0 ? html`<p class="quiet">${t('picker.none')}</p>` : nothing}
    </dialog>`;
  }
}
