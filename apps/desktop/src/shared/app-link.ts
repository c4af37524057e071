/**
 * A link that opens a place in the app: `guildhall://open?server=…&path=…`. It names the server, so that it opens
 * in the right account; and comes from anywhere, so that reading one believes nothing.
 */

export const APP_SCHEME = "guildhall";

export type AppLink = {
  /** Without a slash at its end. */
  server: string;
  /** A place inside a workspace: `/w/…`. */
  path: string;
};

/** Beyond that nothing of ours is. */
const LONGEST = 2_048;
const LONGEST_ID = 128;

export function appLink({ server, path }: AppLink): string {
  const link = new URL(`${APP_SCHEME}://open`);
  link.searchParams.set("server", server);
  link.searchParams.set("path", path);
  return link.href;
}

/** Null: not a link that opens a place. */
export function readAppLink(text: string): AppLink | null {
  if (text.length > LONGEST) return null;
  const link = URL.parse(text);
  if (link?.protocol !== `${APP_SCHEME}:` || link.host !== "open") return null;
  if (link.username || link.password || link.hash || !/^\/?$/.test(link.pathname)) return null;
  const named = [...link.searchParams.keys()].toSorted();
  if (named.join() !== "path,server") return null;
  const server = readServer(link.searchParams.get("server") ?? "");
  const path = readPlace(link.searchParams.get("path") ?? "");
  return server && path ? { server, path } : null;
}

function readServer(text: string): string | null {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) return null;
  if (url.username || url.password || url.search || url.hash) return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/**
 * A workspace's own places alone: addresses with a secret in them (an invitation, a new password) lead into the
 * page that they were sent for, and are none that somebody else may open here.
 */
export function readPlace(text: string): string | null {
  if (text.length > LONGEST || !/^\/w\/[\w-]+(?:[/?#]|$)/.test(text)) return null;
  // Backslashes are slashes to a browser, and dots go up; control characters vanish.
  if (/[\\\s]|\/\/|%2f|%5c|%00/i.test(text) || hasControl(text)) return null;
  const url = URL.parse(text, "https://guildhall.invalid");
  if (url?.host !== "guildhall.invalid") return null;
  const place = url.pathname + url.search + url.hash;
  return place.startsWith("/w/") && place === text && url.pathname.length <= 4 * LONGEST_ID
    ? place
    : null;
}

const hasControl = (text: string) =>
  [...text].some((character) => character < " " || character === "\u007f");
