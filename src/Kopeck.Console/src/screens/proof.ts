import { calls, isProblem, KopeckProblem, KopeckUnreachable, type Operation } from 'kopeck-client';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { failure, Screen } from '../core/base';
import { amount, count } from '../core/format';
import { t } from '../core/i18n';
import { choose, link } from '../core/router';
import { api, session } from '../core/session';
import { ChainCheck, hashOf, VERSION, ZERO, type Wrong } from '../proof/chain';
import { ExportCheck, WrongLine, type ExportResult } from '../proof/export';

const DEFAULT_STRETCH = 100n;
const PAUSE_EVERY = 250;

interface Noted {
  number: bigint;
  hash: string;
}

interface Run {
  from: bigint;
  to: bigint;
  done: bigint;
  wrong: Wrong | null;
  isWhole: boolean;
  isHead: boolean;
  noted: Noted | null;
  head: string;
  first: string;
}

interface Steps {
  operation: Operation;
  previous: string;
}

/** The hashes of the journal, computed here and compared: over a stretch of the chain, and over an export with its contents. */
@customElement('k-proof')
export class Proof extends Screen {
  @state() private run: Run | null = null;
  @state() private isRunning = false;
  @state() private error: unknown;
  @state() private invalid: { from?: string; noted?: string } = {};
  @state() private steps: Steps | null = null;
  @state() private exported: { result?: ExportResult; wrong?: WrongLine; lines: number; isReading: boolean; server?: string | null } | null = null;
  @state() private isOver = false;
  #ending: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ending?.abort();
  }

  protected moved(): void {
    const { steps } = this.place.query;
    if (steps !== undefined && /^\d+$/.test(steps) && this.steps?.operation.id !== steps) void this.#explain(BigInt(steps));
  }

  #range(): { from: string; to: string } {
    const head = BigInt(session.book?.head.number ?? 1);
    const { from, to } = this.place.query;
    return { from: from ?? String(head > DEFAULT_STRETCH ? head - DEFAULT_STRETCH + 1n : 1n), to: to ?? String(head) };
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isRunning) {
      this.#ending?.abort();
      return;
    }

    const value = (id: string) => this.querySelector<HTMLInputElement>(id)!.value.trim();
    const [fromText, toText, notedText] = [value('#proof-from'), value('#proof-to'), value('#proof-noted')];
    this.invalid = {};
    const book = await api().book().catch((error: unknown) => {
      this.error = error;
      session.note(error);
      return null;
    });
    if (!book) return;
    const head = BigInt(book.head.number);
    const isNumber = /^[1-9]\d*$/;
    if (!isNumber.test(fromText) || !isNumber.test(toText) || BigInt(fromText) > BigInt(toText) || BigInt(toText) > head)
      this.invalid = { from: t('proof.range', { head: count(head) }) };
    const noted = notedText === '' ? null : /^([1-9]\d*):([0-9a-f]{64})$/i.exec(notedText);
    if (notedText !== '' && !noted) this.invalid = { ...this.invalid, noted: t('proof.noted.wrong') };
    else if (noted && (BigInt(noted[1]!) < BigInt(fromText || '0') || BigInt(noted[1]!) > BigInt(toText || '0')))
      this.invalid = { ...this.invalid, noted: t('proof.noted.range', { number: noted[1]! }) };
    if (Object.keys(this.invalid).length > 0) {
      await this.updateComplete;
      this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }

    choose({ from: fromText, to: toText, steps: '' });
    await this.#check(BigInt(fromText), BigInt(toText), noted ? { number: BigInt(noted[1]!), hash: noted[2]!.toLowerCase() } : null, book.head);
  }

  async #check(from: bigint, to: bigint, noted: Noted | null, head: { number: string; hash: string }): Promise<void> {
    const ending = new AbortController();
    this.#ending = ending;
    this.isRunning = true;
    this.error = undefined;
    this.steps = null;
    const run: Run = { from, to, done: from - 1n, wrong: null, isWhole: false, isHead: String(to) === head.number, noted, head: '', first: '' };
    this.run = run;
    try {
      let previous = from === 1n ? ZERO : (await api().operation(String(from - 1n), {}, { signal: ending.signal })).hash!;
      const check = new ChainCheck(from);
      let broken = 0;
      const feed = api().journal({
        after: String(from - 1n), leaves: true, signal: ending.signal,
        // A server that cannot read an operation ends the feed there, each time.
        onState: (state) => {
          if (state === 'lost' && ++broken > 2) ending.abort('unreadable');
        },
      });
      for await (const operation of feed) {
        const number = run.done + 1n;
        run.wrong = check.link(previous, number, operation);
        if (!run.wrong && noted?.number === number && noted.hash !== operation.hash) run.wrong = { number: String(number), why: 'noted' };
        if (!run.wrong && String(number) === head.number && head.hash !== operation.hash) run.wrong = { number: String(number), why: 'head' };
        if (run.wrong) {
          this.steps = { operation, previous };
          break;
        }

        broken = 0;
        if (number === from) run.first = operation.hash!;
        previous = operation.hash!;
        run.done = number;
        run.head = `${number}:${previous}`;
        if (number === to) {
          run.isWhole = true;
          if (from === to) this.steps = { operation, previous: from === 1n ? ZERO : (await api().operation(String(from - 1n))).hash! };
          break;
        }

        if (Number(number - from) % PAUSE_EVERY === 0) {
          this.run = { ...run };
          await new Promise((resolve) => setTimeout(resolve));
        }
      }

      if (!run.isWhole && !run.wrong && ending.signal.reason === 'unreadable') {
        const number = String(run.done + 1n);
        const said = await api().operation(number).then(() => null, (error: unknown) => error);
        // Who is away says nothing of the chain.
        if (said instanceof KopeckUnreachable) throw said;
        const detail = said instanceof Error ? said.message : '';
        run.wrong = { number, why: 'unreadable', detail };
      }
    } catch (error) {
      if (!ending.signal.aborted || error instanceof KopeckUnreachable) {
        // An answer that is no JSON, or a number out of its order, is the chain's fault, not the page's.
        if (error instanceof KopeckProblem || error instanceof KopeckUnreachable) {
          this.error = error;
          session.note(error);
        } else run.wrong = { number: String(run.done + 1n), why: 'unreadable', detail: error instanceof Error ? error.message : String(error) };
      }
    } finally {
      ending.abort();
      this.isRunning = false;
      this.run = run.isWhole || run.wrong ? { ...run } : null;
    }
  }

  /** The steps of one operation, from the feed that has its leaves. */
  async #explain(number: bigint): Promise<void> {
    const ending = new AbortController();
    try {
      const previous = number === 1n ? ZERO : (await api().operation(String(number - 1n))).hash!;
      for await (const operation of api().journal({ after: String(number - 1n), leaves: true, signal: ending.signal })) {
        this.steps = { operation, previous };
        break;
      }
    } catch (error) {
      this.error = error;
      session.note(error);
    } finally {
      ending.abort();
    }
  }

  async #readExport(file: File | undefined): Promise<void> {
    if (!file || this.exported?.isReading) return;
    const check = new ExportCheck();
    this.exported = { lines: 0, isReading: true };
    const reader = file.stream().pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader();
    let rest = '';
    let lines = 0;
    try {
      while (true) {
        const { done, value } = await reader.read();
        rest += value ?? '';
        const found = rest.split('\n');
        rest = done ? '' : found.pop()!;
        for (const line of found) {
          if (line.trim() === '') continue;
          check.line(line);
          if (++lines % 500 === 0) {
            this.exported = { lines, isReading: true };
            await new Promise((resolve) => setTimeout(resolve));
          }
        }

        if (done) break;
      }

      const result = check.result();
      this.exported = { lines, isReading: false, result };
      if (result.book === session.book?.name)
        this.exported = { ...this.exported, server: await api().operation(String(result.head.number)).then((operation) => operation.hash ?? null, (error: unknown) => (isProblem(error, 'not_found') ? null : undefined)) };
    } catch (error) {
      this.exported = { lines, isReading: false, wrong: error instanceof WrongLine ? error : new WrongLine(lines + 1, error instanceof Error ? error.message : String(error)) };
    }
  }

  override render() {
    const { from, to } = this.#range();
    return html`
      <h1>${t('nav.proof')}</h1>
      <p class="lead">${t('proof.intro')}</p>
      <section class="card">
        <h2>${t('proof.chain')}</h2>
        <form class="filters" novalidate @submit=${(event: Event) => void this.#submit(event)}>
          <div class="field"><label for="proof-from">${t('proof.from')}</label>
            <input id="proof-from" type="text" inputmode="numeric" autocomplete="off" .value=${from} aria-invalid=${this.invalid.from ? 'true' : nothing} aria-describedby="proof-range-error" /></div>
          <div class="field"><label for="proof-to">${t('proof.to')}</label>
            <input id="proof-to" type="text" inputmode="numeric" autocomplete="off" .value=${to} aria-invalid=${this.invalid.from ? 'true' : nothing} aria-describedby="proof-range-error" /></div>
          <div class="field grow"><label for="proof-noted">${t('proof.noted')} <span class="quiet small">${t('word.optional')}</span></label>
            <input id="proof-noted" type="text" autocomplete="off" spellcheck="false" class="code" aria-invalid=${this.invalid.noted ? 'true' : nothing} aria-describedby="proof-noted-hint proof-noted-error" />
            <p class="hint" id="proof-noted-hint">${t('proof.noted.hint')}</p>
            <p class="error" id="proof-noted-error" role="alert" ?hidden=${!this.invalid.noted}>${this.invalid.noted ?? ''}</p></div>
          <p class="error full" id="proof-range-error" role="alert" ?hidden=${!this.invalid.from}>${this.invalid.from ?? ''}</p>
          <p class="actions"><button type="submit" class="primary">${t(this.isRunning ? 'proof.stop' : 'proof.run')}</button>
            <k-curl .plan=${calls.journal({ after: /^[1-9]\d*$/.test(from) ? String(BigInt(from) - 1n) : '0', leaves: true })}></k-curl></p>
        </form>
        ${this.error === undefined ? nothing : failure(this.error)}
        ${this.run ? this.#drawRun(this.run) : nothing}
      </section>
      ${this.steps ? this.#drawSteps(this.steps) : nothing}
      <section class="card">
        <h2>${t('proof.export')}</h2>
        <p>${t('proof.export.hint')}</p>
        <div class="drop ${this.isOver ? 'over' : ''}"
          @dragover=${(event: DragEvent) => { event.preventDefault(); this.isOver = true; }} @dragleave=${() => (this.isOver = false)}
          @drop=${(event: DragEvent) => { event.preventDefault(); this.isOver = false; void this.#readExport(event.dataTransfer?.files[0]); }}>
          <label for="proof-file">${t('proof.export.drop')}</label>
          <input id="proof-file" type="file" accept=".jsonl,.json,.ndjson,.txt" @change=${(event: Event) => void this.#readExport((event.target as HTMLInputElement).files?.[0])} />
        </div>
        ${this.exported ? this.#drawExport(this.exported) : nothing}
      </section>
    `;
  }

  #drawRun(run: Run) {
    if (this.isRunning)
      return html`<div role="status"><progress max=${Number(run.to - run.from + 1n)} .value=${Number(run.done - run.from + 1n)} aria-label=${t('proof.chain')}></progress>
        ${t('proof.progress', { done: count(run.done - run.from + 1n), all: count(run.to - run.from + 1n) })}</div>`;
    if (run.wrong) return html`<div class="verdict bad" role="alert">${t('proof.wrong', { number: run.wrong.number, why: whyOf(run.wrong) })}</div>`;
    return html`
      <div class="verdict good" role="status">${t('proof.right', { from: count(run.from), to: count(run.to) })}</div>
      <p><code class="hash">${run.head}</code></p>
      <h3>${t('proof.proved')}</h3>
      <ul>
        <li>${t('proof.proved.order')}</li>
        <li>${t('proof.proved.laws')}</li>
        <li>${run.from === 1n ? t('proof.proved.start') : t('proof.proved.link', { number: count(run.from) })}</li>
        ${run.isHead ? html`<li>${t('proof.proved.head')}</li>` : nothing}
        ${run.noted ? html`<li>${t('proof.proved.noted')}</li>` : nothing}
        <li class="quiet">${t('proof.proved.not')}</li>
      </ul>
      <form class="inline" @submit=${(event: Event) => this.#pick(event)}>
        <label for="proof-pick">${t('proof.step.pick')}</label>
        <input id="proof-pick" type="text" inputmode="numeric" size="9" autocomplete="off" .value=${String(run.to)} />
        <button type="submit" class="small">${t('word.show')}</button>
      </form>
    `;
  }

  #pick(event: Event): void {
    event.preventDefault();
    const number = this.querySelector<HTMLInputElement>('#proof-pick')!.value.trim();
    if (/^[1-9]\d*$/.test(number)) choose({ steps: number });
  }

  #drawSteps({ operation, previous }: Steps) {
    const leaves = operation.leaves ?? [];
    let computed: { hash: string; bytes: number } | null = null;
    try {
      computed = hashOf(previous, leaves);
    } catch {
      // What is no hash cannot be computed with: the verdict above says so.
    }

    const number = BigInt(operation.id ?? '1');
    const entry = (place: number) => operation.entries[place - 2];
    return html`<section class="card steps">
      <h2>${t('proof.steps', { number: operation.id ?? '' })}</h2>
      <ol>
        <li>${t('proof.step.version', { text: VERSION })}</li>
        <li>${number === 1n ? t('proof.step.zero') : t('proof.step.previous', { number: String(number - 1n) })} <code class="hash">${previous}</code></li>
        ${leaves.map((leaf, place) => html`<li>
          ${place === 0 ? t('proof.step.head') : place === 1 ? t('proof.step.body') : t('proof.step.entry', {
            place: place - 1, amount: amount(entry(place)?.amount), currency: entry(place)?.currency ?? '', account: entry(place)?.account ?? '' })}
          <code class="hash">${leaf}</code></li>`)}
        <li>${t('proof.step.compute', { bytes: computed?.bytes ?? '?' })} <code class="hash">${computed?.hash ?? '—'}</code></li>
        <li class=${computed?.hash === operation.hash ? 'good' : 'bad'}>${computed?.hash === operation.hash ? t('proof.step.same') : t('proof.step.other', { hash: operation.hash ?? '' })}</li>
      </ol>
      <p><a href=${link(`operations/${operation.id}`)}>${t('op.title', { id: operation.id ?? '' })}</a></p>
    </section>`;
  }

  #drawExport(exported: NonNullable<Proof['exported']>) {
    if (exported.isReading) return html`<p role="status">${t('proof.progress', { done: count(exported.lines), all: '…' })}</p>`;
    if (exported.wrong) return html`<div class="verdict bad" role="alert">${t('proof.export.wrong', { line: exported.wrong.line, why: exported.wrong.message })}</div>`;
    const { book, count: all, personal, head } = exported.result!;
    return html`
      <div class="verdict good" role="status">${t('proof.export.right', { count: count(all), book, personal: count(personal), head: `${head.number}:${head.hash}` })}</div>
      <p>${t('proof.export.proved')}</p>
      ${exported.server === undefined || exported.server === null ? nothing
        : exported.server === head.hash ? html`<p class="good">${t('proof.export.same')}</p>`
        : html`<p class="bad">${t('proof.export.differs', { number: head.number, hash: exported.server })}</p>`}
    `;
  }
}

function whyOf(wrong: Wrong): string {
  return t(`proof.why.${wrong.why}`, { detail: wrong.detail ?? '', got: wrong.got ?? 0, want: wrong.want ?? 0 });
}
