export type Theme = 'auto' | 'light' | 'dark';

const NAME = 'kopeck-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const told = new EventTarget();
let chosen: Theme = remembered();

export const theme = (): Theme => chosen;

export function setTheme(next: Theme): void {
  chosen = next;
  try {
    localStorage.setItem(NAME, next);
  } catch {
    // Then it is as the system says next time.
  }

  apply();
}

/** Told when the colours change: what is drawn on a canvas is drawn anew. */
export function onTheme(listener: () => void): () => void {
  told.addEventListener('change', listener);
  return () => told.removeEventListener('change', listener);
}

function apply(): void {
  const dark = chosen === 'dark' || (chosen === 'auto' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  told.dispatchEvent(new Event('change'));
}

function remembered(): Theme {
  try {
    const value = localStorage.getItem(NAME);
    return value === 'light' || value === 'dark' ? value : 'auto';
  } catch {
    return 'auto';
  }
}

system.addEventListener('change', apply);
apply();
