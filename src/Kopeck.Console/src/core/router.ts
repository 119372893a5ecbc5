// Where the console is: the part of the address behind #, so that every page and every selection is a link. Never a key.

export interface Place {
  /** The parts of the path: `#/wallets/13` is `wallets`, `13`. */
  readonly parts: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

const told = new EventTarget();

export function place(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return {
    parts: path.split('/').filter((part) => part !== '').map(decode),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

export type Values = Record<string, string | number | boolean | null | undefined>;

/** A link to a page: what is empty is left out. */
export function link(path: string, query: Values = {}): string {
  const text = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
      .map(([name, value]) => [name, String(value)]),
  ).toString();
  return `#/${path}${text === '' ? '' : `?${text}`}`;
}

export function go(path: string, query: Values = {}): void {
  location.hash = link(path, query);
}

/** Changes what is chosen on the page, without a step of the browser's history. */
export function choose(query: Values): void {
  const here = place();
  history.replaceState(null, '', link(here.parts.map(encodeURIComponent).join('/'), { ...here.query, ...query }));
  told.dispatchEvent(new Event('change'));
}

export function onPlace(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  told.addEventListener('change', listener);
  return () => {
    removeEventListener('hashchange', listener);
    told.removeEventListener('change', listener);
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
