import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Part } from './core/base';
import { count, shortHash } from './core/format';
import { language, setLanguage, t } from './core/i18n';
import { go, link, onPlace, place } from './core/router';
import { session } from './core/session';
import { setTheme, theme, type Theme } from './core/theme';
import './screens/admin';
import './screens/customers';
import './screens/holds';
import './screens/journal';
import './screens/move';
import './screens/operation';
import './screens/overview';
import { PAGES, type Palette } from './screens/palette';
import './screens/proof';
import './screens/quotes';
import './screens/reports';
import './screens/signin';
import './screens/wallet';

const SEEN_MS = 4_000;

@customElement('k-app')
export class App extends Part {
  @state() private isBack = false;
  @state() private isMenuOpen = false;
  #where = '';
  #went = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.own(onPlace(() => this.#moved()));
    this.listen('change', () => this.requestUpdate());
    this.listen('operations', () => this.requestUpdate());
    this.listen('again', () => {
      this.isBack = true;
      setTimeout(() => (this.isBack = false), SEEN_MS);
    });
    const key = (event: KeyboardEvent) => this.#key(event);
    const touch = () => session.touch();
    addEventListener('keydown', key);
    addEventListener('pointerdown', touch);
    this.own(() => {
      removeEventListener('keydown', key);
      removeEventListener('pointerdown', touch);
    });
    this.#where = place().parts.join('/');
  }

  /** Another page: its heading is read out, and the title of the window tells it. */
  #moved(): void {
    const where = place().parts.join('/');
    this.requestUpdate();
    if (where === this.#where) return;
    this.#where = where;
    this.isMenuOpen = false;
    void this.updateComplete.then(() => {
      scrollTo(0, 0);
      this.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
    });
  }

  #key(event: KeyboardEvent): void {
    session.touch();
    if (!session.client) return;
    const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if ((event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !isTyping)) {
      event.preventDefault();
      this.querySelector<Palette>('k-palette')?.open();
    } else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) {
      this.#went = false;
    } else if (event.key === '?') {
      this.querySelector<HTMLDialogElement>('dialog.keys')?.showModal();
    } else if (this.#went) {
      this.#went = false;
      const page = PAGES.find(([, , letter]) => letter === event.key);
      if (page) go(page[0]);
    } else {
      this.#went = event.key === 'g';
    }
  }

  #screen(): TemplateResult {
    const [first = '', second] = place().parts;
    if (session.who === 'operator') return html`<k-admin></k-admin>`;
    switch (first) {
      case '': return html`<k-overview></k-overview>`;
      case 'customers': return second === undefined ? html`<k-customers></k-customers>` : html`<k-customer></k-customer>`;
      case 'wallets':
      case 'accounts': return html`<k-wallet></k-wallet>`;
      case 'journal': return html`<k-journal></k-journal>`;
      case 'operations': return html`<k-operation></k-operation>`;
      case 'proof': return html`<k-proof></k-proof>`;
      case 'move': return html`<k-move></k-move>`;
      case 'holds': return second === undefined ? html`<k-holds></k-holds>` : html`<k-hold></k-hold>`;
      case 'quotes': return html`<k-quotes></k-quotes>`;
      case 'reports': return html`<k-reports></k-reports>`;
      case 'admin': return html`<k-admin></k-admin>`;
      default: return html`<h1>${t('app.notFound')}</h1><p><a href=${link('')}>${t('nav.overview')}</a></p>`;
    }
  }

  #settings(): TemplateResult {
    return html`
      <label class="offscreen" for="language">${t('app.language')}</label>
      <select id="language" class="small" @change=${(event: Event) => setLanguage((event.target as HTMLSelectElement).value as 'en')}>
        ${([['en', 'English'], ['ru', 'Русский']] as const).map(([value, label]) => html`<option value=${value} ?selected=${value === language()}>${label}</option>`)}
      </select>
      <label class="offscreen" for="theme">${t('app.theme')}</label>
      <select id="theme" class="small" @change=${(event: Event) => setTheme((event.target as HTMLSelectElement).value as Theme)}>
        ${(['auto', 'light', 'dark'] as const).map((each) => html`<option value=${each} ?selected=${each === theme()}>${t(`app.theme.${each}`)}</option>`)}
      </select>`;
  }

  override render() {
    if (!session.client) {
      document.title = 'Kopeck';
      return html`<header class="top bare"><span></span><div class="settings">${this.#settings()}</div></header><k-signin></k-signin>`;
    }

    const [first = ''] = place().parts;
    const section = ({ wallets: 'customers', accounts: 'customers', operations: 'journal' } as Record<string, string>)[first] ?? first;
    const pages = session.who === 'operator' ? PAGES.filter(([path]) => path === 'admin') : PAGES;
    const page = PAGES.find(([path]) => path === section);
    document.title = page ? `${t(page[1])} · Kopeck` : 'Kopeck';
    return html`
      <a class="skip" href="#main" @click=${(event: Event) => { event.preventDefault(); this.querySelector<HTMLElement>('#main')!.focus(); }}>${t('app.skip')}</a>
      <header class="top">
        <a class="brand" href=${link('')}><img src="icon.svg" alt="" width="26" height="26" /> Kopeck</a>
        <button type="button" class="menu plain" aria-expanded=${this.isMenuOpen} aria-controls="nav" @click=${() => (this.isMenuOpen = !this.isMenuOpen)}>${t('app.menu')}</button>
        <button type="button" class="search" @click=${() => this.querySelector<Palette>('k-palette')?.open()}>${t('app.palette')} <kbd>Ctrl K</kbd></button>
        <div class="settings">
          ${session.book ? html`<span class="headline" title=${session.book.head.hash}><span class=${session.isLost ? 'dot lost' : 'dot'}></span>
            <span class="offscreen">${t(session.isLost ? 'app.offline' : 'app.live')}</span>
            <strong>${session.book.name}</strong> <span class="at">${count(session.book.head.number)}</span> <code>${shortHash(session.book.head.hash)}</code></span>` : nothing}
          ${this.#settings()}
          <button type="button" class="small" @click=${() => session.end('signed-out')}>${t('app.signOut')}</button>
        </div>
      </header>
      <div role="status" class="bannerplace">
        ${session.isLost ? html`<p class="banner bad">${t('app.lost')}</p>` : this.isBack ? html`<p class="banner good">${t('app.back')}</p>` : nothing}
      </div>
      <div class="frame">
        <nav id="nav" class=${this.isMenuOpen ? 'main open' : 'main'} aria-label=${t('app.navigation')}>
          ${pages.map(([path, word, letter]) => html`<a href=${link(path)} aria-current=${section === path || session.who === 'operator' ? 'page' : nothing} title=${`g ${letter}`}>${t(word)}</a>`)}
        </nav>
        <main id="main" tabindex="-1">${this.#screen()}</main>
      </div>
      <k-palette></k-palette>
      <dialog class="keys" aria-label=${t('keys.title')}>
        <h2>${t('keys.title')}</h2>
        <dl><dt><kbd>Ctrl</kbd> <kbd>K</kbd>, <kbd>/</kbd></dt><dd>${t('keys.palette')}</dd><dt><kbd>g</kbd></dt><dd>${t('keys.goLabel')}: ${t('keys.go')}</dd><dt><kbd>?</kbd></dt><dd>${t('keys.help')}</dd></dl>
        <form method="dialog"><button>${t('word.close')}</button></form>
      </dialog>
    `;
  }
}
