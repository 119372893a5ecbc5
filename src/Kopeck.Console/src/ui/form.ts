import { isProblem, KopeckProblem, KopeckUnreachable, newIdempotencyKey, type Done, type Operation, type Plan } from 'kopeck-client';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { failureText, Part } from '../core/base';
import { t } from '../core/i18n';
import { link } from '../core/router';
import { api, session } from '../core/session';
import { cities, countries, currencies, type Choice } from './reference';
import './bits';
import './picker';

export type FormValues = Record<string, string>;

export interface Field {
  name: string;
  label: string;
  type?: 'text' | 'amount' | 'account' | 'receiver' | 'customer' | 'select' | 'check' | 'date' | 'json' | 'number' | 'currency' | 'country' | 'city' | 'secret';
  /** Where the server finds it; `/name` unless said. */
  pointer?: string;
  /** Problems without a field that are this field's matter. */
  codes?: readonly string[];
  isRequired?: boolean;
  hint?: string;
  options?: readonly Choice[];
}

export interface FormSpec<A> {
  /** Another id is another form, with a key of its own. */
  id: string;
  fields: (values: FormValues) => readonly Field[];
  start?: FormValues;
  /** The request; null while something is missing that the form alone can know. */
  plan: (values: FormValues) => Plan<A>;
  /** Decided live, without writing. */
  isLive?: boolean;
  preview?: (answer: A) => unknown;
  done?: (answer: Done<A>) => unknown;
  after?: (answer: Done<A>) => void;
  submit?: string;
  isDanger?: boolean;
  extra?: (values: FormValues, set: (values: FormValues) => void) => unknown;
}

const DEBOUNCE_MS = 300;

/** The codes that speak of how much. */
export const AMOUNT_CODES = ['insufficient_funds', 'amount_too_small', 'overflow', 'capture_exceeds_hold', 'release_exceeds_hold', 'reversal_exceeds'] as const;

/** A value as a request has it: left out where nothing was typed. */
export function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

/** The object without what is undefined. */
export function only<T extends object>(body: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as never;
}

/**
 * A form over one call. It has one idempotency key for its life, so that sending twice does once; the server's words stand beside the
 * fields that they are about; and, where it is live, what it would do is told while one types.
 */
@customElement('k-form')
export class Form extends Part {
  @property({ attribute: false }) spec!: FormSpec<never>;

  @state() private values: FormValues = {};
  @state() private errors: Record<string, string> = {};
  @state() private problem: unknown;
  @state() private preview: unknown;
  @state() private done: unknown;
  @state() private isBusy = false;
  @state() private key = newIdempotencyKey();
  #id = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #ending: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#ending?.abort();
    this.#id = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('spec') && this.spec.id !== this.#id) {
      this.#id = this.spec.id;
      this.#begin();
    }
  }

  #begin(): void {
    this.values = { ...this.spec.start };
    for (const field of this.spec.fields(this.values)) {
      if (field.type === 'select' && this.values[field.name] === undefined) this.values[field.name] = field.options?.[0]?.value ?? '';
    }

    this.errors = {};
    this.problem = this.preview = this.done = undefined;
    this.key = newIdempotencyKey();
    if (this.spec.isLive) this.#lookAhead();
  }

  #fields(): readonly Field[] {
    return this.spec.fields(this.values);
  }

  #set(values: FormValues): void {
    this.values = { ...this.values, ...values };
    for (const name of Object.keys(values)) delete this.errors[name];
    this.errors = { ...this.errors };
    if (this.spec.isLive) this.#lookAhead();
  }

  #isComplete(): boolean {
    return this.#fields().every((field) => !field.isRequired || given(this.values[field.name]) !== undefined);
  }

  #lookAhead(): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.#timer = setTimeout(() => void this.#dryRun(turn), DEBOUNCE_MS);
  }

  async #dryRun(turn: number): Promise<void> {
    if (this.isBusy || this.done !== undefined || !session.client) return;
    if (!this.#isComplete() || this.#badJson()) {
      this.preview = undefined;
      this.problem = undefined;
      return;
    }

    this.#ending?.abort();
    this.#ending = new AbortController();
    try {
      const answer = await api().do(this.spec.plan(this.values), { dryRun: true, idempotencyKey: this.key, signal: this.#ending.signal });
      if (turn !== this.#turn || this.isBusy) return;
      this.preview = answer;
      this.errors = {};
      this.problem = undefined;
    } catch (error) {
      if (turn !== this.#turn || this.isBusy) return;
      this.preview = undefined;
      session.note(error);
      this.#refuse(error);
    }
  }

  #badJson(): boolean {
    let bad = false;
    for (const field of this.#fields()) {
      if (field.type !== 'json' || given(this.values[field.name]) === undefined) continue;
      try {
        const value: unknown = JSON.parse(this.values[field.name]!);
        if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError();
      } catch {
        this.errors = { ...this.errors, [field.name]: t('form.json') };
        bad = true;
      }
    }

    return bad;
  }

  /** Puts the server's words beside the fields they are about, and the rest below the form. */
  #refuse(error: unknown): void {
    this.errors = {};
    this.problem = error;
    if (!(error instanceof KopeckProblem)) return;
    const fields = this.#fields();
    const errors: Record<string, string> = {};
    let rest = error.errors.length;
    for (const each of error.errors) {
      const field = fields.find((other) => (other.pointer ?? `/${other.name}`) === each.pointer)
        ?? fields.find((other) => each.pointer?.startsWith(`${other.pointer ?? `/${other.name}`}/`));
      if (!field) continue;
      errors[field.name] ??= each.detail;
      rest--;
    }

    const owner = fields.find((field) => field.codes?.includes(error.code));
    if (owner) errors[owner.name] ??= error.message;
    this.errors = errors;
    if (owner || (error.errors.length > 0 && rest === 0)) this.problem = undefined;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy || this.done !== undefined) return;
    const missing = this.#fields().filter((field) => field.isRequired && given(this.values[field.name]) === undefined);
    if (missing.length > 0) {
      this.errors = Object.fromEntries(missing.map((field) => [field.name, t('form.required')]));
      await this.#focusFirst();
      return;
    }

    if (this.#badJson()) {
      await this.#focusFirst();
      return;
    }

    this.#turn++;
    this.#ending?.abort();
    this.isBusy = true;
    this.problem = undefined;
    try {
      const answer = await api().do(this.spec.plan(this.values), { idempotencyKey: this.key });
      this.done = answer;
      this.errors = {};
      this.isBusy = false;
      this.spec.after?.(answer as never);
      await this.updateComplete;
      this.querySelector<HTMLElement>('.done')?.focus();
    } catch (error) {
      this.isBusy = false;
      session.note(error);
      if (!session.client) return;
      this.#refuse(error);
      await this.#focusFirst();
    }
  }

  async #focusFirst(): Promise<void> {
    await this.updateComplete;
    // A picker draws itself a moment later.
    await new Promise((resolve) => setTimeout(resolve));
    this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  #idOf(field: Field): string {
    return `f-${this.spec.id}-${field.name}`.replace(/[^\w-]/g, '-');
  }

  #control(field: Field, describedBy: string): unknown {
    const id = this.#idOf(field);
    const value = this.values[field.name] ?? '';
    const invalid = this.errors[field.name] !== undefined;
    const take = (event: Event) => this.#set({ [field.name]: (event.target as HTMLInputElement).value });
    switch (field.type) {
      case 'account':
      case 'receiver':
      case 'customer':
        return html`<k-picker .inputId=${id} .kind=${field.type} .value=${value} .isInvalid=${invalid} .describedBy=${describedBy}
          @pick=${(event: CustomEvent<string>) => this.#set({ [field.name]: event.detail })}></k-picker>`;
      case 'select':
        return html`<select id=${id} aria-describedby=${describedBy} aria-invalid=${invalid ? 'true' : nothing} @change=${take}>
          ${field.options!.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`)}
        </select>`;
      case 'check':
        return html`<input id=${id} type="checkbox" aria-describedby=${describedBy} .checked=${value === 'true'}
          @change=${(event: Event) => this.#set({ [field.name]: String((event.target as HTMLInputElement).checked) })} />`;
      case 'json':
        return html`<textarea id=${id} rows="3" spellcheck="false" class="code" aria-describedby=${describedBy} aria-invalid=${invalid ? 'true' : nothing}
          .value=${value} @input=${take}></textarea>`;
      case 'currency':
      case 'country':
      case 'city': {
        const list = field.type === 'currency' ? currencies(this) : field.type === 'country' ? countries(this) : cities(this, this.values['country'] ?? '', value);
        return html`<input id=${id} type="text" list=${`${id}-list`} autocomplete="off" aria-describedby=${describedBy} aria-invalid=${invalid ? 'true' : nothing}
            .value=${value} @input=${(event: Event) => {
              const text = (event.target as HTMLInputElement).value;
              this.#set({ [field.name]: field.type === 'city' ? text : text.length <= 3 ? text.toUpperCase() : text });
            }} />
          <datalist id=${`${id}-list`}>${list.map((option) => html`<option value=${option.value}>${option.label}</option>`)}</datalist>`;
      }

      default:
        return html`<input id=${id} type=${field.type === 'date' ? 'date' : field.type === 'number' ? 'number' : 'text'} autocomplete="off"
          inputmode=${field.type === 'amount' ? 'decimal' : nothing} class=${field.type === 'amount' ? 'amount' : ''}
          aria-describedby=${describedBy} aria-invalid=${invalid ? 'true' : nothing} aria-required=${field.isRequired ? 'true' : nothing}
          .value=${value} @input=${take} />`;
    }
  }

  #field(field: Field): TemplateResult {
    const id = this.#idOf(field);
    const error = this.errors[field.name];
    const describedBy = [field.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
    return html`<div class="field of-${field.type ?? 'text'}">
      <label for=${id}>${field.label}${field.isRequired || field.type === 'check' || field.type === 'select' ? nothing : html` <span class="quiet small">${t('word.optional')}</span>`}</label>
      ${this.#control(field, describedBy)}
      ${field.hint ? html`<p class="hint" id=${`${id}-hint`}>${field.hint}</p>` : nothing}
      <p class="error" id=${`${id}-error`} role="alert" ?hidden=${!error}>${error ?? ''}</p>
    </div>`;
  }

  #plan(): Plan<unknown> | null {
    try {
      return this.spec.plan(this.values);
    } catch {
      return null;
    }
  }

  override render() {
    const { spec } = this;
    if (this.done !== undefined)
      return html`<div class="done" role="status" tabindex="-1">
        ${spec.done ? spec.done(this.done as never) : html`${doneOperation(this.done as never)}${spec.preview?.(this.done as never) ?? nothing}`}
        <button type="button" @click=${() => this.#begin()}>${t('form.another')}</button>
      </div>`;
    return html`<form novalidate class=${spec.isLive ? 'live' : ''} @submit=${(event: Event) => void this.#submit(event)}>
      <div class="fields">${this.#fields().map((field) => this.#field(field))}</div>
      ${spec.extra?.(this.values, (values) => this.#set(values)) ?? nothing}
      ${spec.isLive
        ? html`<section class="preview" aria-live="polite" aria-label=${`${t('form.preview')}: ${spec.submit ?? ''}`}>
            <h3>${t('form.preview')}</h3>
            ${this.preview === undefined
              ? html`<p class="quiet">${Object.keys(this.errors).length > 0 ? t('form.fix') : this.problem === undefined ? t('form.preview.wait') : nothing}</p>`
              : html`${spec.preview?.(this.preview as never) ?? nothing}<p class="quiet small">${t('form.preview.dry')}</p>`}
          </section>`
        : nothing}
      ${this.problem === undefined ? nothing : html`<div class="problem" role="alert">${this.problem instanceof KopeckUnreachable ? t('form.unknown') : failureText(this.problem)}</div>`}
      <div class="actions">
        <button type="submit" class=${spec.isDanger ? 'danger' : 'primary'} aria-disabled=${this.isBusy}>${this.isBusy ? t('form.sending') : (spec.submit ?? t('form.send'))}</button>
        <k-curl .plan=${this.#plan()} .idempotencyKey=${this.key}></k-curl>
        ${spec.isLive ? html`<span class="quiet small key" title=${t('form.key')}>${t('form.key')}: <code>${this.key.slice(0, 8)}…</code></span>` : nothing}
      </div>
    </form>`;
  }
}

function doneOperation(operation: Done<Operation>): TemplateResult {
  return html`<p><a href=${link(`operations/${operation.id}`)}>
    ${t(operation.replayed ? 'form.doneAlready' : 'form.done', { id: operation.id ?? '' })}
  </a></p>`;
}

/** Whether a failure is one that a form shows beside a field. */
export function isRefusal(error: unknown): boolean {
  return isProblem(error);
}
