import { words, type Word } from './words';

export type Language = 'en' | 'ru';
export type { Word } from './words';

const NAME = 'kopeck-language';
let current: Language = remembered() ?? (navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en');
const told = new EventTarget();

export const language = (): Language => current;

export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(NAME, next);
  } catch {
    // Then it is asked again next time.
  }

  told.dispatchEvent(new Event('change'));
}

export function onLanguage(listener: () => void): () => void {
  told.addEventListener('change', listener);
  return () => told.removeEventListener('change', listener);
}

/** A word in the language of the page; `{name}` is filled in. */
export function t(word: Word, values: Record<string, string | number> = {}): string {
  const text = words[word][current === 'ru' ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The word of a value that the server may know and this console does not: then the value itself. */
export function wordOf(prefix: string, value: string): string {
  const word = `${prefix}.${value}`;
  return word in words ? t(word as Word) : value;
}

function remembered(): Language | undefined {
  try {
    const value = localStorage.getItem(NAME);
    return value === 'en' || value === 'ru' ? value : undefined;
  } catch {
    return undefined;
  }
}

document.documentElement.lang = current;
