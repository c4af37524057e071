/** The beginning of a text file, whatever it is written in. */
import { useQuery } from "@tanstack/react-query";
import { readFrom } from "../file-address.ts";

/** The beginning is enough to know what it is. */
export const SHOWN_BYTES = 512 * 1024;

export type Text = {
  text: string;
  /** Not in Unicode: letters beyond plain ones are a guess. */
  isGuessed: boolean;
};

export function useText(address: string) {
  return useQuery({
    queryKey: ["file-text", address],
    queryFn: async ({ signal }) => {
      const range = `bytes=0-${SHOWN_BYTES - 1}`;
      const answer = await readFrom(address, { headers: { range }, signal });
      if (!answer.ok) throw new Error("not read");
      return decode(await answer.arrayBuffer());
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

export function decode(bytes: ArrayBuffer): Text {
  const [first, second] = new Uint8Array(bytes);
  const utf16 =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : null;
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes), isGuessed: false };
  try {
    // `stream`: where the piece ends, a letter may be cut in two.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return { text, isGuessed: false };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), isGuessed: true };
  }
}
