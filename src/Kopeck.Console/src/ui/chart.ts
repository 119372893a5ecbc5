import { html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import { Part } from '../core/base';
import { amount, zoneName } from '../core/format';
import { language, t } from '../core/i18n';
import { onTheme } from '../core/theme';

export interface Line {
  label: string;
  /** A custom property of the style sheet. */
  colour?: string;
  kind?: 'line' | 'step' | 'bars';
}

/**
 * A chart, with its figures as a table below for who does not see it. `x` are seconds, or places with `names`; `y` are for pixels alone:
 * exact figures are in `exact`.
 */
@customElement('k-chart')
export class Chart extends Part {
  @property({ attribute: false }) x: number[] = [];
  @property({ attribute: false }) y: (number | null)[][] = [];
  @property({ attribute: false }) lines: Line[] = [];
  @property({ attribute: false }) names: string[] | undefined;
  /** The exact texts, by line; as many as there are points. */
  @property({ attribute: false }) exact: (string | null)[][] | undefined;
  @property() label = '';
  @property({ type: Number }) height = 220;
  /** Where a mark stands, in x. */
  @property({ type: Number }) mark: number | undefined;

  #plot: uPlot | undefined;
  #size: ResizeObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.own(onTheme(() => this.#draw()));
    this.#size = new ResizeObserver(() => {
      const width = this.#box()?.clientWidth ?? 0;
      if (this.#plot && width > 0 && Math.abs(this.#plot.width - width) > 1) this.#plot.setSize({ width, height: this.height });
    });
    this.own(() => {
      this.#size?.disconnect();
      this.#plot?.destroy();
      this.#plot = undefined;
    });
  }

  protected override firstUpdated(): void {
    this.#size!.observe(this.#box()!);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.size === 1 && changed.has('mark')) this.#plot?.redraw(false);
    else this.#draw();
  }

  #box(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.plot');
  }

  #draw(): void {
    const box = this.#box();
    if (!box) return;
    this.#plot?.destroy();
    this.#plot = undefined;
    if (this.x.length === 0) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
    const colours = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5', '--chart-6'];
    const font = '12px system-ui, sans-serif';
    this.#plot = new uPlot(
      {
        width: box.clientWidth || 600,
        height: this.height,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zoneName()),
        scales: { x: { time: this.names === undefined, ...(this.names ? { range: (_, min, max) => [min - 0.6, max + 0.6] as [number, number] } : {}) },
          // Bars and areas stand on zero, or they would lie.
          ...(this.lines.some((line) => line.kind !== undefined) ? { y: { range: { min: { pad: 0.1, soft: 0, mode: 1 as const }, max: { pad: 0.1, soft: 0, mode: 1 as const } } } } : {}),
        },
        legend: { show: this.lines.length > 1, live: false },
        cursor: { y: false, points: { size: 7 } },
        axes: [
          {
            ...axis,
            font,
            ...(this.names ? { values: (_, splits) => splits.map((at) => (Number.isInteger(at) ? (this.names![at] ?? '') : '')), splits: () => this.x.filter((at) => this.names![at] !== '') } : { values: (_: uPlot, splits: number[], __: number, ___: number, step: number) => splits.map((at) => tick(at, step)) }),
          },
          { ...axis, font, size: 74, values: (_, splits) => splits.map((at) => amount(tidy(at))) },
        ],
        series: [
          {},
          ...this.lines.map((line, place) => {
            const stroke = colour(line.colour ?? colours[place % colours.length]!);
            return {
              label: line.label,
              stroke,
              width: line.kind === 'bars' ? 1 : 2,
              points: { show: this.x.length < 2 },
              ...(line.kind === 'bars' ? { fill: `${stroke}cc`, paths: uPlot.paths.bars!({ size: [this.names ? 0.55 : 0.8, 48], align: 0 }) } : {}),
              ...(line.kind === 'step' ? { fill: `${stroke}22`, paths: uPlot.paths.stepped!({ align: 1 }) } : {}),
            };
          }),
        ],
        hooks: { draw: [(plot) => this.#drawMark(plot, colour('--accent'))] },
      },
      [this.x, ...this.y] as uPlot.AlignedData,
      box,
    );
  }

  #drawMark(plot: uPlot, colour: string): void {
    if (this.mark === undefined || Number.isNaN(this.mark)) return;
    const at = plot.valToPos(this.mark, 'x', true);
    const { ctx } = plot;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(at, plot.bbox.top);
    ctx.lineTo(at, plot.bbox.top + plot.bbox.height);
    ctx.stroke();
    ctx.restore();
  }

  override render() {
    const rows = Math.min(this.x.length, 200);
    const first = this.x.length - rows;
    return html`
      <figure class="chart">
        <div class="plot" role="img" aria-label=${this.label}></div>
        ${this.exact === undefined
          ? ''
          : html`<details class="figures">
              <summary>${t('word.table')}</summary>
              <div class="scroll" tabindex="0" role="region" aria-label=${this.label}>
                <table>
                  <thead><tr><th scope="col">${this.names ? '' : t('word.at')}</th>${this.lines.map((line) => html`<th scope="col" class="number">${line.label}</th>`)}</tr></thead>
                  <tbody>
                    ${this.x.slice(first).map((x, row) => html`<tr>
                      <th scope="row">${this.names?.[first + row] ?? new Date(x * 1000).toISOString().replace('T', ' ').slice(0, 19)}</th>
                      ${this.exact!.map((line) => html`<td class="number">${amount(line[first + row])}</td>`)}
                    </tr>`)}
                  </tbody>
                </table>
              </div>
            </details>`}
      </figure>
    `;
  }
}

// A day, or the time of day where less than a day is between two.
function tick(seconds: number, step: number): string {
  const form: Intl.DateTimeFormatOptions = step >= 86_400 ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(language() === 'ru' ? 'ru-RU' : 'en-GB', { ...form, timeZone: zoneName() }).format(seconds * 1000);
}

// What a double shows at the end of an axis' tick.
function tidy(at: number): string {
  return String(Number(at.toPrecision(10)));
}
