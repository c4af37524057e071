/** Rows of one statement: few enough that making it never holds up the event loop for long. */
const ROWS = 250;

export function* slices<T>(items: T[], size = ROWS): Generator<T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}
