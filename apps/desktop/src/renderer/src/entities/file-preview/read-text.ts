/** The beginning of a text file, whatever it is written in. */
import { decodeText } from "@guildhall/importers/decode-text";
import { useQuery } from "@tanstack/react-query";
import { readFrom } from "@/entities/files/file-url.ts";

/** The beginning is enough to know what it is. */
export const SHOWN_BYTES = 512 * 1024;

export function useText(address: string) {
  return useQuery({
    queryKey: ["file-text", address],
    queryFn: async ({ signal }) => {
      const range = `bytes=0-${SHOWN_BYTES - 1}`;
      const answer = await readFrom(address, { headers: { range }, signal });
      if (!answer.ok) throw new Error("not read");
      return decodeText(new Uint8Array(await answer.arrayBuffer()), { isCut: true });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}
