import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { z } from "zod";
import { refusals, refuse } from "../refusal.ts";

const compress = promisify(gzip);

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
const TEXT = /^text\/|json|svg|wasm/;

type Page = {
  body: Buffer;
  type: string;
  etag: string;
  immutable: boolean;
  small: Promise<Buffer> | null;
};

/** `self` is this host over http and over its sockets; what is elsewhere is a store of files, if any. */
const headersOf = (filesOrigin: string, scripts: string) => ({
  "content-security-policy":
    `default-src 'self'; script-src 'self'${scripts}; ` +
    "style-src 'self' 'unsafe-inline'; " +
    `img-src 'self' blob: data: ${filesOrigin}; media-src 'self' blob: ${filesOrigin}; ` +
    `font-src 'self' data:; connect-src 'self' ${filesOrigin}; object-src 'none'; ` +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
});

/** The page's own addresses, as its build names them beside it: one list for it, its worker and here. */
const appPaths = z.object({ pattern: z.string() });

function readAppPaths(page: Page | undefined): RegExp {
  return new RegExp(page ? appPaths.parse(JSON.parse(page.body.toString())).pattern : "^/$");
}

/** Scripts that may stand in a page, by their sums, as the build names them: those that draw diagrams. */
const inlineScripts = z.object({ sums: z.array(z.string()) });

function readInlineScripts(page: Page | undefined): string {
  const { sums } = page ? inlineScripts.parse(JSON.parse(page.body.toString())) : { sums: [] };
  return sums.map((sum) => ` '${sum}'`).join("");
}

/**
 * The built page. All of it is read once, at the start: a request picks from a list and never
 * touches the disk, so no address can name a file outside of it.
 */
export function createStaticPages(folder: string, filesOrigin: string | null = null) {
  const pages = new Map<string, Page>();
  if (existsSync(folder)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      pages.set(`/${path.relative(folder, file).split(path.sep).join("/")}`, readPage(file));
    }
  }

  const ownPaths = readAppPaths(pages.get("/app-paths.json"));
  const headers = headersOf(
    filesOrigin ?? "",
    readInlineScripts(pages.get("/inline-scripts.json")),
  );

  return async function serve(req: IncomingMessage, res: ServerResponse, pathname: string) {
    if (req.method !== "GET" && req.method !== "HEAD") return refuse(res, refusals.method);
    const wantsPage = req.headers.accept?.includes("text/html") ?? false;
    // Any address of the app is the one page, whose router reads it; a missing asset is missing.
    const isOwn = ownPaths.test(pathname);
    const page =
      pages.get(pathname) ?? (wantsPage || pathname === "/" ? pages.get("/index.html") : undefined);
    if (page) {
      // A person who mistyped gets the page that says so, and everybody else the truth of the matter.
      if (!isOwn && !pages.has(pathname)) res.statusCode = 404;
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      return send(req, res, page);
    }
    if (pathname === "/")
      return refuse(res, {
        ...refusals.notFound,
        message: "The page isn't built. Run npm run build.",
      });
    refuse(res, refusals.notFound);
  };
}

function readPage(file: string): Page {
  const body = readFileSync(file);
  return {
    body,
    type: TYPES[path.extname(file)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    // vite puts a hash of the content into these names.
    immutable: /[/\\]assets[/\\].+-[\w-]{8,}\.\w+$/.test(file),
    small: null,
  };
}

async function send(req: IncomingMessage, res: ServerResponse, page: Page): Promise<void> {
  res.setHeader("content-type", page.type);
  res.setHeader("etag", page.etag);
  res.setHeader("vary", "accept-encoding");
  res.setHeader(
    "cache-control",
    page.immutable ? "public, max-age=31536000, immutable" : "no-cache",
  );
  if (res.statusCode === 200 && req.headers["if-none-match"] === page.etag) {
    res.writeHead(304).end();
    return;
  }
  const zipped = /\bgzip\b/.test(String(req.headers["accept-encoding"])) && TEXT.test(page.type);
  if (zipped) {
    page.small ??= compress(page.body);
    res.setHeader("content-encoding", "gzip");
  }
  const body = zipped && page.small ? await page.small : page.body;
  res.setHeader("content-length", body.length);
  res.end(req.method === "HEAD" ? undefined : body);
}
