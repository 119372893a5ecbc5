import { language } from './i18n';

const NARROW = ' ';

/** A decimal as people write it: thousands apart, the mark of the language. Never through a double. */
export function amount(text: string | null | undefined): string {
  if (text === null || text === undefined) return '';
  const negative = text.startsWith('-');
  const [whole = '0', part] = (negative ? text.slice(1) : text).split('.');
  const russian = language() === 'ru';
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, russian ? NARROW : ',');
  return (negative ? '−' : '') + grouped + (part === undefined ? '' : (russian ? ',' : '.') + part);
}

export function money(text: string | null | undefined, currency: string): string {
  return text === null || text === undefined ? '' : `${amount(text)} ${currency}`;
}

/** With a sign always: a change. */
export function change(text: string): string {
  return text.startsWith('-') ? amount(text) : `+${amount(text)}`;
}

/** A whole number. */
export function count(number: number | string | bigint): string {
  return amount(String(number));
}

// Russian dates end in a word for the year, which a column of them does not need.
const YEAR = /\s*г\.(?=,|$)/;

let zone = 'UTC';

/** Whose days count: the book's zone. */
export function setZone(name: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    zone = name;
  } catch {
    zone = 'UTC';
  }
}

export const zoneName = (): string => zone;

export function time(instant: string | null | undefined): string {
  if (!instant) return '';
  return new Intl.DateTimeFormat(language() === 'ru' ? 'ru-RU' : 'en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(instant)).replace(YEAR, '');
}

export function day(date: string | null | undefined): string {
  if (!date) return '';
  const whole = date.length === 10 ? `${date}T00:00:00Z` : date;
  return new Intl.DateTimeFormat(language() === 'ru' ? 'ru-RU' : 'en-GB', {
    timeZone: date.length === 10 ? 'UTC' : zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  }).format(new Date(whole)).replace(YEAR, '');
}

/** A day of the book, so many days from today, as the API takes it. */
export function isoDay(fromToday = 0): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(new Date(Date.now() + fromToday * 86_400_000));
}

export function shortHash(hash: string | undefined): string {
  return hash ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : '';
}
