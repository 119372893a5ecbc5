// Exact sums of decimal texts.

function split(text: string): { digits: bigint; scale: number } {
  const [whole = '0', part = ''] = text.split('.');
  return { digits: BigInt(whole + part), scale: part.length };
}

function join(digits: bigint, scale: number): string {
  if (scale === 0) return String(digits);
  const negative = digits < 0n;
  const text = String(negative ? -digits : digits).padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

export function sum(...texts: string[]): string {
  const parts = texts.map(split);
  const scale = Math.max(0, ...parts.map((part) => part.scale));
  const total = parts.reduce((all, part) => all + part.digits * 10n ** BigInt(scale - part.scale), 0n);
  return join(total, scale);
}

export function negate(text: string): string {
  const { digits, scale } = split(text);
  return join(-digits, scale);
}

export function isZero(text: string): boolean {
  return split(text).digits === 0n;
}

export function isNegative(text: string): boolean {
  return split(text).digits < 0n;
}

/** For a chart, where a pixel is all that counts. */
export function toPlot(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}
