import { KopeckProblem, KopeckUnreachable } from 'kopeck-client';
import { html, LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { onLanguage, t } from './i18n';
import { onPlace, place, type Place } from './router';
import { session } from './session';

/** An element in the page's own tree, drawn anew when the language changes. */
export abstract class Part extends LitElement {
  readonly #offs: (() => void)[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.own(onLanguage(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const off of this.#offs.splice(0)) off();
  }

  /** Something to undo when the element goes. */
  protected own(off: () => void): void {
    this.#offs.push(off);
  }

  protected listen(event: 'change' | 'operations' | 'again', listener: () => void): void {
    session.addEventListener(event, listener);
    this.own(() => session.removeEventListener(event, listener));
  }
}

/** A page: it knows where it is, and reads anew when that changes or the server is back. */
export abstract class Screen extends Part {
  protected place: Place = place();

  override connectedCallback(): void {
    super.connectedCallback();
    this.place = place();
    this.own(
      onPlace(() => {
        // Another page's place is that page's matter.
        if (place().parts[0] !== this.place.parts[0]) return;
        this.place = place();
        this.moved();
        this.requestUpdate();
      }),
    );
    this.listen('again', () => this.moved());
    this.moved();
  }

  /** Where the console is has changed, or everything is to be read anew. */
  protected abstract moved(): void;
}

/** What is read from the server for an element: the newest reading counts, and ends when the element goes. */
export class Reading<T> implements ReactiveController {
  value: T | undefined;
  error: unknown;
  isReading = false;
  #ending: AbortController | undefined;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#ending?.abort();
  }

  /** Reads; `keep` leaves the old value in sight meanwhile. */
  async run(read: (signal: AbortSignal) => Promise<T>, keep = true): Promise<void> {
    this.#ending?.abort();
    const ending = new AbortController();
    this.#ending = ending;
    this.isReading = true;
    this.error = undefined;
    if (!keep) this.value = undefined;
    this.host.requestUpdate();
    try {
      const value = await read(ending.signal);
      if (ending.signal.aborted) return;
      this.value = value;
    } catch (error) {
      if (ending.signal.aborted) return;
      this.error = error;
      session.note(error);
    }

    this.isReading = false;
    this.host.requestUpdate();
  }

  clear(): void {
    this.#ending?.abort();
    this.value = undefined;
    this.error = undefined;
    this.isReading = false;
  }

  /** The value drawn; what is said of it until it is there, or when it cannot be. */
  show(draw: (value: T) => unknown, waiting: unknown = loading()): unknown {
    if (this.error !== undefined) return failure(this.error);
    if (this.value !== undefined) return draw(this.value);
    return this.isReading ? waiting : nothing;
  }
}

export function loading(): TemplateResult {
  return html`<p class="quiet" role="status">${t('app.loading')}</p>`;
}

/** The server's words, in its language. */
export function failure(error: unknown): TemplateResult {
  return html`<div class="problem" role="alert">${failureText(error)}</div>`;
}

export function failureText(error: unknown): TemplateResult | string {
  if (error instanceof KopeckProblem)
    return html`<span lang="en">${error.title}: ${error.message}</span> <code>${error.code}</code>
      ${error.errors.length === 0 ? nothing : html`<ul lang="en">
        ${error.errors.map((each) => html`<li>${each.pointer ?? each.parameter}: ${each.detail}</li>`)}
      </ul>`}`;
  if (error instanceof KopeckUnreachable) return t('app.lost');
  return error instanceof Error ? error.message : String(error);
}
