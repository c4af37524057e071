import { useQuery } from "@tanstack/react-query";
import { platform } from "@/platform/platform.ts";
import { trpc } from "@/sync/trpc.ts";

const FRESH_MS = 4 * 60_000;

/**
 * The address of a file's bytes, for `src` and `href`. In a browser the cookie opens it, so it never
 * changes. Where there is none, in the desktop app, it is one that speaks for itself for five
 * minutes, and `undefined` until the server has given it.
 */
export function useFileAddress(id: string): string | undefined {
  const { client } = trpc.useUtils();
  const isWeb = platform.kind === "web";
  const { data } = useQuery({
    queryKey: ["file-address", id],
    queryFn: async () => {
      const [server, signed] = [
        await platform.getServerUrl(),
        await client.files.url.query({ id }),
      ];
      return `${server ?? ""}${signed.path}`;
    },
    enabled: !isWeb,
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });
  return isWeb ? fileAddress(id) : data;
}

export const elsewhere: string = import.meta.env.VITE_API_URL ?? "";

/** In a browser only; see `useFileAddress`. */
export const fileAddress = (id: string) => `${elsewhere}/files/${id}`;

/** The same file another way: as it was, or its small picture, or to be saved. */
export function addressOf(
  address: string,
  way: { version?: number; thumbnail?: true; download?: true },
): string {
  const query = Object.entries(way).map(([key, value]) =>
    value === true ? key : `${key}=${value}`,
  );
  return query.length === 0
    ? address
    : `${address}${address.includes("?") ? "&" : "?"}${query.join("&")}`;
}

/** Has the browser save what is at the address; the server names it. */
export function saveFile(address: string, name: string) {
  const link = document.createElement("a");
  link.href = addressOf(address, { download: true });
  link.download = name;
  link.click();
}

/**
 * Reads from an address with the cookie, where that is what opens it. The store that the server may
 * send us on to knows no cookie, and refuses those who bring one.
 */
export const readFrom = (address: string, init: RequestInit = {}) =>
  fetch(address, { ...init, credentials: elsewhere ? "include" : "same-origin" });
