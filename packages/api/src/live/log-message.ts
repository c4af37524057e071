/** On the bus: entries, each of which begins with its number; or only how far the log has come. */
export type LogMessage<Tuple> = { entries: Tuple[] } | { seq: number };

/** More than so many bytes are not sent: each worker then reads them from Postgres, once. */
export function toLogMessage<Source extends { seq: number }, Tuple>(
  sources: Source[],
  {
    encode,
    sizeOf,
    maxBytes,
  }: {
    encode: (source: Source) => Tuple;
    sizeOf: (tuple: Tuple) => number;
    maxBytes: number;
  },
): LogMessage<Tuple> {
  const entries: Tuple[] = [];
  let bytes = 0;
  for (const source of sources) {
    const tuple = encode(source);
    bytes += sizeOf(tuple);
    if (bytes > maxBytes) return { seq: sources.at(-1)?.seq ?? 0 };
    entries.push(tuple);
  }
  return { entries };
}
