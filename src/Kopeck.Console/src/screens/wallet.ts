import { calls, type Account, type Operation } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Reading, Screen } from '../core/base';
import { toPlot } from '../core/decimal';
import { money, time } from '../core/format';
import { t, wordOf } from '../core/i18n';
import { choose, link } from '../core/router';
import { api, session } from '../core/session';
import { badge, customerLink } from '../ui/bits';
import '../ui/chart';
import '../ui/files';
import { operationRow, titleOf } from '../ui/operations';
import '../ui/rows';

const PAGE = 1000;
const SLIDE_MS = 120;

interface Point {
  number: string;
  at: string;
  balance: string;
}

/** A wallet or an account of another kind: as it is, and as it was at any moment. */
@customElement('k-wallet')
export class WalletScreen extends Screen {
  readonly #now = new Reading<Account>(this);
  readonly #title = new Reading<string>(this);
  readonly #then = new Reading<Account & { when: string }>(this);
  readonly #history = new Reading<{ points: Point[]; next: string | null }>(this);
  @state() private slid: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stamp = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen('operations', () => {
      const id = this.#id;
      const touched = (each: Operation) => each.account === id || each.entries.some((entry) => entry.account === id) || each.holds?.some((held) => held.account === id);
      if (session.latest.some((each) => BigInt(each.id!) > BigInt(this.#now.value?.asOf ?? 0) && touched(each))) this.#read();
    });
  }

  get #id(): string {
    return this.place.parts[1] ?? '';
  }

  protected moved(): void {
    const id = this.#id;
    if (this.#now.value?.id !== id) {
      for (const reading of [this.#now, this.#title, this.#then, this.#history]) reading.clear();
      this.slid = undefined;
      this.#read();
    }

    const { at } = this.place.query;
    if (at === undefined) this.#then.clear();
    else if (this.#then.value?.asOf !== at) void this.#then.run((signal) => readAsOf(id, at, signal));
  }

  #read(): void {
    const id = this.#id;
    this.#stamp++;
    void this.#now.run(async (signal) => {
      const account = await api().account(id, {}, { signal });
      void this.#title.run(() => titleOf(account));
      return account;
    });
    void this.#history.run((signal) => this.#readHistory(undefined, [], signal));
  }

  async #readHistory(cursor: string | undefined, later: Point[], signal: AbortSignal) {
    const id = this.#id;
    const page = await api().operations({ account: id, limit: PAGE }, { signal }).page(cursor);
    const points = page.items
      .map((operation): Point | null => {
        const own = operation.entries.filter((entry) => entry.account === id).at(-1);
        return own ? { number: operation.id!, at: operation.at, balance: own.balance } : null;
      })
      .filter((point) => point !== null)
      .reverse();
    return { points: [...points, ...later], next: page.next };
  }

  #older(): void {
    const { points, next } = this.#history.value!;
    if (next) void this.#history.run((signal) => this.#readHistory(next, points, signal));
  }

  #slide(place: number): void {
    const points = this.#history.value!.points;
    this.slid = place;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => choose({ at: place >= points.length ? '' : points[place]!.number }), SLIDE_MS);
  }

  override render() {
    return html`${this.#now.show((account) => this.#draw(account))}`;
  }

  #draw(now: Account) {
    const { id, currency } = now;
    const { at } = this.place.query;
    const past = at === undefined ? undefined : this.#then.value;
    const shown = past ?? now;
    const history = this.#history.value;
    const points = history?.points ?? [];
    const found = at === undefined ? points.length : points.findLastIndex((point) => BigInt(point.number) <= numberOf(past?.asOf ?? at));
    const placeOf = this.slid ?? Math.max(0, found);
    const moment = points[placeOf];
    const title = this.#title.value ?? '';
    return html`
      <h1>${now.kind === 'wallet' ? t('word.wallet') : wordOf('account', now.kind)} ${id} · ${currency}</h1>
      <p class="lead">${now.customer ? customerLink(now.customer, title) : html`<bdi>${title}</bdi>`}
        ${now.code && now.code !== title ? html`· ${t('word.code')} <bdi>${now.code}</bdi>` : nothing} ${badge('status', shown.status)}</p>
      <div class="cards tight" aria-live="polite">
        ${([['word.posted', shown.posted], ['word.held', shown.held], ['word.available', shown.available], ['word.floor', shown.floor]] as const).map(([word, value]) => html`
          <div class="card stat ${past ? 'past' : ''}"><h2>${t(word)}</h2><p class="figure">${value === null ? t('word.unlimited') : money(value, currency)}</p></div>`)}
      </div>
      <section class="card">
        <h2>${t('wallet.history')}</h2>
        <p class="moment ${past ? 'past' : ''}" role="status">
          ${this.#then.error !== undefined
            ? this.#then.show(() => nothing)
            : past
              ? html`${t('wallet.at.past', { number: past.asOf, at: time(past.when) })}
                <a href=${link(`operations/${past.asOf}`)}>${t('word.open')}</a>
                <button type="button" class="small" @click=${() => this.#return()}>${t('wallet.at.return')}</button>`
              : t('wallet.at.now', { number: now.asOf })}
        </p>
        ${this.#history.show(() => points.length === 0 ? html`<p class="quiet">${t('wallet.empty')}</p>` : html`
          <k-chart .x=${points.map((point) => Date.parse(point.at) / 1000)} .y=${[points.map((point) => toPlot(point.balance))]}
            .exact=${[points.map((point) => point.balance)]} .lines=${[{ label: t('word.balance'), kind: 'step' as const }]}
            .mark=${placeOf < points.length ? Date.parse(points[placeOf]!.at) / 1000 : undefined}
            .label=${t('wallet.history.label', { id, currency })}></k-chart>
          <div class="slider">
            <label for="slider">${t('wallet.slider')}</label>
            <input id="slider" type="range" min="0" max=${points.length} step="1" .value=${String(placeOf)}
              aria-valuetext=${placeOf >= points.length ? t('wallet.at.now', { number: now.asOf }) : t('wallet.at.past', { number: moment!.number, at: time(moment!.at) })}
              @input=${(event: InputEvent) => this.#slide(Number((event.target as HTMLInputElement).value))} />
            <p class="quiet small">${t(history?.next ? 'wallet.history.window' : 'wallet.history.all', { count: points.length })}
              ${history?.next ? html`<button type="button" class="plain small" @click=${() => this.#older()}>${t('wallet.older')}</button>` : nothing}</p>
          </div>`)}
      </section>
      <div class="split">
        <section class="card">
          <h2>${t('wallet.operations')}</h2>
          <k-rows .stamp=${`${id}|${this.#stamp}`} .source=${() => api().operations({ account: id, limit: 50 })} .draw=${((each: Operation) => operationRow(each, id)) as never}
            .label=${t('wallet.operations')} .empty=${t('wallet.empty')}></k-rows>
        </section>
        <div class="side">
          <section class="card">
            <h2>${t('wallet.statement')}</h2>
            <k-files .kind=${now.kind === 'wallet' ? 'wallet' : 'account'} .subject=${id}></k-files>
          </section>
          ${now.kind === 'cash' || now.kind === 'exchange' ? nothing : html`<section class="card">
            <h2>${t('nav.move')}</h2>
            <ul class="plainlist">
              <li><a href=${link('move/deposit', { wallet: id })}>${t('move.deposit')}</a></li>
              <li><a href=${link('move/withdrawal', { wallet: id })}>${t('move.withdrawal')}</a></li>
              <li><a href=${link('move/transfer', { from: id })}>${t('move.transfer')}</a></li>
              <li><a href=${link('move/hold', { from: id })}>${t('move.hold')}</a></li>
              <li><a href=${link('admin/accounts', { account: id })}>${t('wallet.manage')}</a></li>
              <li><a href=${link('holds', { account: id })}>${t('customer.holds')}</a></li>
            </ul>
          </section>`}
          <p><k-curl .plan=${calls.account(id, at === undefined ? {} : { at })}></k-curl></p>
        </div>
      </div>
    `;
  }

  #return(): void {
    this.slid = undefined;
    choose({ at: '' });
  }

  protected override updated(): void {
    // The place of the slider is the address's once that has caught up.
    if (this.slid === undefined) return;
    const points = this.#history.value?.points ?? [];
    const { at } = this.place.query;
    if (at === undefined ? this.slid >= points.length : points[this.slid]?.number === at) this.slid = undefined;
  }
}

/** As a number, or a moment, left it, and when that was. */
async function readAsOf(id: string, at: string, signal: AbortSignal): Promise<Account & { when: string }> {
  const account = await api().account(id, { at }, { signal });
  const { at: when } = await api().operation(account.asOf, {}, { signal });
  return { ...account, when };
}

function numberOf(text: string): bigint {
  return /^\d+$/.test(text) ? BigInt(text) : 0n;
}
