// Answers that may be larger than a page wants: read as they come, and of their rows no more than the first are kept.

/** A JSON object whose member `rows` is an array: that object with the first rows, and how many there are. */
export async function readRows<T>(file: Blobs, most: number): Promise<T & { count: number }> {
  let kept = '';
  let row = '';
  let depth = 0;
  let count = 0;
  let isText = false;
  let isEscaped = false;
  let isInRows = false;
  for await (const chunk of texts(file)) {
    // What is passed on in one piece begins here.
    let from = 0;
    const flush = (to: number) => {
      const piece = chunk.slice(from, to);
      if (!isInRows) kept += piece;
      else if (count <= most) row += piece;
      from = to;
    };
    for (let place = 0; place < chunk.length; place++) {
      const letter = chunk.charCodeAt(place);
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (letter === BACKSLASH) isEscaped = true;
        else if (letter === QUOTE) isText = false;
        continue;
      }

      if (letter === QUOTE) {
        isText = true;
      } else if (letter === OPEN || letter === OPEN_ARRAY) {
        if (letter === OPEN_ARRAY && depth === 1 && /"rows"\s*:\s*$/.test(kept + chunk.slice(from, place))) {
          flush(place + 1);
          isInRows = true;
        } else if (isInRows && depth === 2) {
          flush(place);
          row = '';
          count++;
        }

        depth++;
      } else if (letter === CLOSE || letter === CLOSE_ARRAY) {
        depth--;
        if (isInRows && depth === 2) {
          flush(place + 1);
          if (count <= most) kept += (count > 1 ? ',' : '') + row;
          row = '';
        } else if (isInRows && depth === 1) {
          isInRows = false;
          from = place;
        }
      }
    }

    flush(chunk.length);
  }

  return { ...(JSON.parse(kept) as T), count };
}

/** Objects, one a line, until one is enough: what is after it is not asked for. */
export async function readLines(file: Blobs, take: (line: unknown) => boolean): Promise<void> {
  let rest = '';
  for await (const chunk of texts(file)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line !== '' && !take(JSON.parse(line))) return;
  }

  if (rest !== '') take(JSON.parse(rest));
}

type Blobs = { body: ReadableStream<Uint8Array> | null };

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_ARRAY, CLOSE_ARRAY] = ['"', '\\', '{', '}', '[', ']'].map((each) => each.charCodeAt(0)) as [number, number, number, number, number, number];

async function* texts(file: Blobs): AsyncGenerator<string> {
  if (!file.body) return;
  const reader = file.body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    // Who stops early wants no more of it.
    await reader.cancel();
  }
}
