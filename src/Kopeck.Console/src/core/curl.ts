import { target, type Plan } from 'kopeck-client';

/** A plan as a command for a shell. The key is the variable that the documentation uses, never itself. */
export function curl(plan: Plan<unknown>, options: { idempotencyKey?: string; file?: string } = {}): string {
  const url = new URL(`..${target(plan)}`, document.baseURI).href;
  const parts = [`curl -s ${quote(url)}`];
  if (plan.method !== 'GET') parts[0] = `curl -s -X ${plan.method} ${quote(url)}`;
  parts.push('-H "Authorization: Bearer $KOPECK_KEY"');
  if (plan.method !== 'GET' && options.idempotencyKey) parts.push(`-H ${quote(`Idempotency-Key: ${options.idempotencyKey}`)}`);
  if (plan.raw) parts.push(`-H ${quote(`Content-Type: ${plan.raw.mediaType}`)}`, `--data-binary ${quote(`@${options.file ?? 'feed.xml'}`)}`);
  else if (plan.body !== undefined) parts.push("-H 'Content-Type: application/json'", `-d ${quote(JSON.stringify(plan.body))}`);
  return parts.join(' \\\n  ');
}

// In single quotes a shell takes everything as it is but the quote itself.
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https, or refused: the old way.
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'offscreen';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
