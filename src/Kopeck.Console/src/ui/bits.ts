import type { Plan } from 'kopeck-client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part } from '../core/base';
import { copy, curl } from '../core/curl';
import { t, wordOf } from '../core/i18n';
import { link } from '../core/router';

/** A plan as a curl command, on the clipboard. */
@customElement('k-curl')
export class Curl extends Part {
  @property({ attribute: false }) plan: Plan<unknown> | null = null;
  @property() idempotencyKey = '';
  @property() file = '';
  @state() private said = '';

  async #copy(): Promise<void> {
    if (!this.plan) return;
    const text = curl(this.plan, { idempotencyKey: this.idempotencyKey, ...(this.file === '' ? {} : { file: this.file }) });
    this.said = (await copy(text)) ? t('word.copied') : t('word.copyFailed', { text });
    setTimeout(() => (this.said = ''), 4000);
  }

  override render() {
    return html`<button type="button" class="plain small" title=${t('word.curlHint')} ?disabled=${!this.plan} @click=${() => void this.#copy()}>
        ${t('word.curl')}
      </button><span class="quiet small" role="status">${this.said}</span>`;
  }
}

export function operationLink(id: string | null | undefined): TemplateResult | typeof nothing {
  return id ? html`<a href=${link(`operations/${id}`)}>${id}</a>` : nothing;
}

export function accountLink(id: string | null | undefined, text?: string): TemplateResult | string {
  return id ? html`<a href=${link(`wallets/${id}`)}>${text ?? id}</a>` : '';
}

export function customerLink(id: string | null | undefined, text?: string | null): TemplateResult | string {
  return id ? html`<a href=${link(`customers/${id}`)}><bdi>${text ?? id}</bdi></a>` : '';
}

/** City and country. */
export function place({ city, country }: { city?: string | null; country: string }): string {
  return city ? `${city}, ${country}` : country;
}

export function badge(prefix: string, value: string): TemplateResult {
  return html`<span class="badge ${prefix}-${value}">${wordOf(prefix, value)}</span>`;
}

export function json(value: unknown): TemplateResult {
  return html`<pre class="json" tabindex="0" aria-label=${t('word.json')}>${JSON.stringify(value, null, 2)}</pre>`;
}

/** What is chosen, said in words, with a way out: no list is narrower than it says. */
export function filterLine(on: readonly (readonly [string, string])[], clear: (() => void) | null): TemplateResult {
  return html`<p class="filterline" role="status">
    ${on.length === 0
      ? t('word.noFilters')
      : html`${t('word.filtersOn', { filters: on.map(([name, value]) => `${name}: ${value}`).join(', ') })}
          ${clear === null ? nothing : html`<button type="button" class="plain small" @click=${clear}>${t('word.clear')}</button>`}`}
  </p>`;
}

let ids = 0;

/** An id that no other element has. */
export function uniqueId(prefix: string): string {
  return `${prefix}-${++ids}`;
}
