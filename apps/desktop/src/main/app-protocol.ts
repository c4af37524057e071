import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { protocol, type Session } from "electron";

/**
 * The pages are served from an origin of their own rather than file://, so that the history, storage
 * and a content security policy work as on the web, and no page can read the disk.
 */
export const appOrigin = "app://guildhall";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/** The server's address is the person's choice, so the policy cannot name it: any http or ws host. */
const policyWith = (scripts: readonly string[]) =>
  [
    "default-src 'self'",
    `script-src 'self' ${scripts.map((sum) => `'${sum}'`).join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: http: https:",
    "media-src 'self' blob: http: https:",
    "font-src 'self'",
    "connect-src 'self' http: https: ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Must run before the app is ready: Electron takes the privileges of a scheme only then. */
export function declareAppScheme() {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: "app",
      // The service worker gives out the files that are on this device (src/renderer/service-worker.js).
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        allowServiceWorkers: true,
      },
    },
  ]);
}

/** Answers for our pages in a session: each has a protocol of its own. */
export type ServePages = (session: Session) => void;

export function readAppPages(folder: string): ServePages {
  // Those that draw diagrams stand in their frame: the build names them by their sums.
  const { sums } = JSON.parse(readFileSync(join(folder, "inline-scripts.json"), "utf8"));
  const policy = policyWith(sums);
  return ({ protocol }) => {
    if (!protocol.isProtocolHandled("app")) protocol.handle("app", (request) => answer(request));
  };

  async function answer(request: Request) {
    const url = new URL(request.url);
    const path = url.host === "guildhall" ? fileFor(folder, url.pathname) : null;
    if (!path) return new Response("Not found", { status: 404 });
    try {
      const headers = {
        "content-type": types[extname(path)] ?? "application/octet-stream",
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
      };
      return new Response(new Uint8Array(await readFile(path)), { headers });
    } catch {
      return new Response("Not found", { status: 404 });
    }
  }
}

/** A path without an extension is a place inside the app: it gets the one page. Null: outside. */
export function fileFor(folder: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes("\0")) return null;
  const path = normalize(join(folder, extname(decoded) ? decoded : "index.html"));
  return path.startsWith(normalize(folder + sep)) ? path : null;
}
