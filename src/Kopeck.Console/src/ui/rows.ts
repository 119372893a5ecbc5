import type { Page } from 'kopeck-client';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { failure, loading, Part } from '../core/base';
import { count } from '../core/format';
import { t } from '../core/i18n';
import { session } from '../core/session';

/** A list of the client's, or anything that gives pages like one. */
export interface PageSource {
  page(cursor?: string): Promise<Page<never>>;
}

/** As many rows as a page holds: a list of millions is gone through piece by piece. */
const MOST_ROWS = 1000;

/**
 * A list that is read page by page as it is scrolled: never more than the next page is asked for. Rows far away cost nothing to draw
 * (`content-visibility` in the style sheet); at a thousand it waits to be asked, and goes on with an empty page.
 */
@customElement('k-rows')
export class Rows extends Part {
  /** Makes the list anew; asked again when `stamp` changes. */
  @property({ attribute: false }) source!: () => PageSource;
  /** Of what the list is: another stamp is another list. */
  @property() stamp = '';
  @property({ attribute: false }) draw!: (item: never) => unknown;
  @property({ attribute: false }) keyOf: (item: never) => string = (item) => (item as { id: string }).id;
  /** Rows before those that were read: what came since. */
  @property({ attribute: false }) ahead: readonly unknown[] = [];
  @property() label = '';
  @property() empty = '';

  @state() private items: unknown[] = [];
  @state() private next: string | null | undefined;
  @state() private error: unknown;
  @state() private isReading = false;
  /** Whether what is shown begins at the list's first. */
  @state() private isFromStart = true;
  #turn = 0;
  #pages: PageSource | undefined;
  #sight: IntersectionObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void this.more();
      },
      { rootMargin: '600px' },
    );
    this.own(() => this.#sight?.disconnect());
    this.listen('again', () => void this.again());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('stamp')) void this.again();
  }

  protected override updated(): void {
    this.#sight!.disconnect();
    const end = this.querySelector('.more');
    if (end) this.#sight!.observe(end);
  }

  /** Reads the list anew; the old rows stay until the new ones are there. */
  async again(): Promise<void> {
    this.#pages = this.source();
    this.isFromStart = true;
    await this.#read(undefined, true);
  }

  async more(): Promise<void> {
    if (!this.isReading && !this.#isFull && this.next) await this.#read(this.next, false);
  }

  get #isFull(): boolean {
    return this.items.length >= MOST_ROWS;
  }

  /** The rows after a full page, in its place. */
  async #goOn(): Promise<void> {
    if (this.isReading || !this.next) return;
    this.isFromStart = false;
    await this.#read(this.next, true);
    this.scrollIntoView();
    this.querySelector<HTMLElement>('.row')?.focus({ preventScroll: true });
  }

  async #read(cursor: string | undefined, isFirst: boolean): Promise<void> {
    const turn = ++this.#turn;
    this.isReading = true;
    this.error = undefined;
    try {
      const page: Page<unknown> = await this.#pages!.page(cursor);
      if (turn !== this.#turn) return;
      this.items = isFirst ? page.items : [...this.items, ...page.items];
      this.next = page.next;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error;
      if (isFirst) this.items = [];
      session.note(error);
    }

    this.isReading = false;
    this.dispatchEvent(new CustomEvent('read', { detail: { count: this.items.length, isWhole: this.next === null } }));
  }

  override render() {
    const known = new Set(this.items.map((item) => this.keyOf(item as never)));
    const ahead = this.isFromStart ? this.ahead.filter((item) => !known.has(this.keyOf(item as never))) : [];
    const all = [...ahead, ...this.items] as never[];
    return html`
      ${this.isFromStart ? nothing : html`<p class="actions"><button type="button" class="small" @click=${() => void this.again()}>${t('word.rowsTop')}</button></p>`}
      ${this.error === undefined ? nothing : failure(this.error)}
      ${all.length === 0
        ? this.isReading || this.next === undefined
          ? loading()
          : html`<p class="quiet">${this.empty || t('word.nothing')}</p>`
        : html`<ol class="rows" aria-label=${this.label} aria-busy=${this.isReading}>
            ${repeat(all, (item) => this.keyOf(item), (item) => html`<li>${this.draw(item)}</li>`)}
          </ol>`}
      ${this.next && this.#isFull
        ? html`<p class="actions" role="status">${t('word.rowsFull', { count: count(this.items.length) })}
            <button type="button" class="small" @click=${() => void this.#goOn()}>${t('word.rowsOn')}</button></p>`
        : this.next ? html`<button class="more plain" @click=${() => void this.more()}>${this.isReading ? t('app.loading') : t('word.more')}</button>` : nothing}
    `;
  }
}
