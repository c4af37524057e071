/**
 * Text in whatever set of letters it was written. UTF-16 says so at its start, and UTF-8 can hardly be
 * anything else; what is neither is told by which letters stand in it how often, and that is a guess.
 */
import { analyse } from "chardet";

/** As much as tells it. */
const GUESSED_BYTES = 64 * 1024;
/** What most programs of the West wrote. */
const LAST_RESORT = "windows-1252";

export type DecodedText = {
  text: string;
  /** As browsers name it. */
  encoding: string;
  /** Letters beyond plain ones may be others. */
  isGuessed: boolean;
};

/** `isCut`: more bytes follow, and the last letter may be half. */
export function decodeText(bytes: Uint8Array, { isCut = false } = {}): DecodedText {
  const read = (encoding: string, options: { fatal?: boolean } = {}) =>
    new TextDecoder(encoding, options).decode(bytes, { stream: isCut });
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return said("utf-16le");
  if (first === 0xfe && second === 0xff) return said("utf-16be");
  try {
    return { text: read("utf-8", { fatal: true }), encoding: "utf-8", isGuessed: false };
  } catch {
    const encoding = guess(bytes.subarray(0, GUESSED_BYTES));
    return { text: read(encoding), encoding, isGuessed: true };
  }

  function said(encoding: string): DecodedText {
    return { text: read(encoding), encoding, isGuessed: false };
  }
}

function guess(bytes: Uint8Array): string {
  const names = analyse(bytes).map(({ name }) => name);
  for (const name of names) {
    if (/^(ASCII|UTF)/.test(name)) continue;
    try {
      return new TextDecoder(name).encoding;
    } catch {
      // Some old sets are told apart that no browser reads.
    }
  }
  return LAST_RESORT;
}
