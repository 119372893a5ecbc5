import type { LitElement } from 'lit';
import { api, session } from '../core/session';

export interface Choice {
  value: string;
  label: string;
}

// Reference data are read once a tab, when a field first asks for them.
const known = new Map<string, Choice[] | 'reading'>();

function remember(name: string, host: LitElement, read: () => Promise<Choice[]>): Choice[] {
  const found = known.get(name);
  if (found === 'reading' || !session.client) return [];
  if (found) return found;
  known.set(name, 'reading');
  read().then(
    (choices) => {
      known.set(name, choices);
      host.requestUpdate();
    },
    () => known.delete(name),
  );
  return [];
}

export const currencies = (host: LitElement): Choice[] =>
  remember('currencies', host, async () =>
    (await api().currencies()).filter((each) => each.minorUnits !== null).map((each) => ({ value: each.code, label: each.name })));

export const countries = (host: LitElement): Choice[] =>
  remember('countries', host, async () => (await api().countries({ limit: 1000 })).map((each) => ({ value: each.code, label: each.name })));

export function cities(host: LitElement, country: string, start: string): Choice[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const q = start.trim().slice(0, 3);
  return remember(`cities ${country} ${q}`, host, async () =>
    (await api().cities({ country, limit: 20, ...(q === '' ? {} : { q }) })).map((each) => ({ value: each.name, label: '' })));
}
