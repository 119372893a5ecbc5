import { KopeckProblem } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { failureText, Part } from '../core/base';
import { t } from '../core/i18n';
import { session } from '../core/session';

@customElement('k-signin')
export class SignIn extends Part {
  @state() private error: unknown;
  @state() private isBusy = false;

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const input = this.querySelector<HTMLInputElement>('#key')!;
    const key = input.value.trim();
    if (this.isBusy) return;
    if (key === '') {
      this.error = t('signin.required');
      input.focus();
      return;
    }

    this.isBusy = true;
    this.error = undefined;
    try {
      await session.begin(key);
      input.value = '';
    } catch (error) {
      this.error = error instanceof KopeckProblem && error.code === 'unauthorized' ? t('signin.rejected', { detail: error.message }) : failureText(error);
      this.isBusy = false;
      await this.updateComplete;
      input.focus();
    }
  }

  override render() {
    const why = session.ended === 'revoked' ? t('signin.revoked') : session.ended === 'expired' ? t('signin.expired') : null;
    return html`<main id="main" class="signin">
      <img src="icon.svg" alt="" width="56" height="56" />
      <h1>Kopeck</h1>
      <p class="quiet">${t('signin.about')}</p>
      ${why ? html`<div class="notice" role="status">${why}</div>` : nothing}
      <form class="card" novalidate @submit=${(event: Event) => void this.#submit(event)}>
        <h2>${t('signin.title')}</h2>
        <div class="field">
          <label for="key">${t('signin.key')}</label>
          <input id="key" type="password" autocomplete="off" spellcheck="false" aria-describedby="key-hint key-error" aria-invalid=${this.error ? 'true' : nothing} />
          <p class="hint" id="key-hint">${t('signin.hint')}</p>
          <p class="error" id="key-error" role="alert" ?hidden=${!this.error}>${this.error ?? ''}</p>
        </div>
        <button class="primary" type="submit">${this.isBusy ? t('app.loading') : t('signin.submit')}</button>
      </form>
    </main>`;
  }
}
