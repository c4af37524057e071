import { isDeepStrictEqual } from "node:util";
import { ArchiveReader, readWhole, skim } from "./archive-reader.ts";
import { FORMAT, HEADER, type Header, SUMS, type Sums } from "./format.ts";

export type CheckedBackup = { file: string; header: Header; sums: Sums };

/**
 * Reads the whole file and compares it with its sums, before anything is written anywhere. Throws a
 * sentence for a file that is no backup, damaged, or of a newer Guildhall.
 */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  const reader = new ArchiveReader(file);
  let header: Header | null = null;
  let sums: Sums | null = null;
  for await (const { name, content } of reader.entries()) {
    if (name === HEADER) header = readHeader(readJson(await readWhole(content), reader), file);
    else if (name === SUMS) sums = readJson(await readWhole(content), reader);
    else await skim(content);
  }
  if (!header || !sums || !isDeepStrictEqual(sums, reader.tally.sums())) throw reader.damaged();
  return { file, header, sums };
}

/** These come before the sums are known: a changed byte may meet the parser first. */
function readJson<T>(text: string, reader: ArchiveReader): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw reader.damaged(error);
  }
}

function readHeader(header: Header, file: string): Header {
  if (header.format > FORMAT) {
    throw new Error(
      `${file} was made by Guildhall ${header.guildhall}, which is newer than this one. Nothing was changed. Restore it with that version or a later one.`,
    );
  }
  return header;
}
