/**
 * Lets the page open without a connection. It keeps the page and what it is built of; what people
 * wrote is in IndexedDB, and calls to /trpc pass by here untouched.
 *
 * It answers the page's own addresses and no others: an export, /healthz are the server's, connection
 * or not. A file's bytes are asked of the server too; only when that gives no answer they come from
 * this device, if they are kept there (entities/offline) or were seen lately. In the desktop app, which
 * has its pages with it, that is all that it does.
 *
 * The page is asked of the server first, so that a new version is there at the next load; hashed
 * assets never change and come from here first. A new page brings its own list of assets; what an old
 * one needed goes. Those that it will import later (prefetch-lazy.ts) are kept once somebody is in.
 *
 * And it shows what a person is told while they have the app closed or out of sight.
 */
const CACHE = "guildhall-page";
/** Whose files are on this device: the name of a database. */
const ACCOUNT = "guildhall-account";
const SEEN = "guildhall-seen-files";
/** Of a file that is kept because it was seen, and of all of those. */
const MOST_SEEN_BYTES = 10_000_000;
const ALL_SEEN_BYTES = 150_000_000;
const FILE = /^\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/[^/]*)?$/;
const isApp = self.location.protocol === "app:";
const PAGE = "/index.html";
const FIRST_PAINT = "/first-paint.js";
const PATIENCE_MS = 3_000;
/** Put here by the build. Every other address is the server's to answer: files, exports, metrics … */
const APP_PATHS = new RegExp(__APP_PATHS__);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  if (!isApp) event.waitUntil(fetch(PAGE, { cache: "no-cache" }).then(keepPage));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data === "keep lazy files") event.waitUntil(keepLazyFiles());
  else if (event.data && "filesOf" in event.data) event.waitUntil(setAccount(event.data.filesOf));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  const [, fileId] = FILE.exec(url.pathname) ?? [];
  const isOwn = url.origin === self.location.origin;
  // In a window of its own a file is the server's, as long as there is a network.
  if (fileId && (isOwn || isApp) && (request.mode !== "navigate" || !navigator.onLine)) {
    event.respondWith(answerFile(event, fileId));
    return;
  }
  if (!isOwn || isApp) return;
  if (request.mode === "navigate") {
    if (APP_PATHS.test(url.pathname)) event.respondWith(answerPage(event));
  } else if (url.pathname.startsWith("/assets/")) event.respondWith(answerAsset(request));
  else if (url.pathname === FIRST_PAINT) event.respondWith(freshOrKept(request));
});

self.addEventListener("push", (event) => {
  const message = event.data?.json();
  if (message) event.waitUntil(tell(message));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPlace(event.notification.data.path));
});

const openWindows = () => self.clients.matchAll({ type: "window", includeUncontrolled: true });

/** Whoever has the app before them is told there. */
async function tell({ title, body, path, tag }) {
  const windows = await openWindows();
  // One that was just left may count as focused for a while, and is not to be seen.
  if (windows.some(({ focused, visibilityState }) => focused && visibilityState === "visible")) {
    return;
  }
  const looks = { body, tag, icon: "/icon-192.png", data: { path } };
  await self.registration.showNotification(title, looks);
}

/** In a window that is there already, rather than in one more; the page goes there by itself. */
async function openPlace(path) {
  if (!APP_PATHS.test(new URL(path, self.location.origin).pathname)) return;
  const windows = await openWindows();
  const address = new URL(path, self.location.origin).href;
  const found = windows.find(({ url }) => url === address) ?? windows[0];
  if (!found) return void (await self.clients.openWindow(address));
  // A browser may keep a window where it is; then the place is open in it all the same.
  await found.focus().catch(() => found);
  found.postMessage({ open: path });
}

async function answerPage(event) {
  try {
    const response = await fetch(PAGE, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error(`The page was answered with ${response.status}.`);
    event.waitUntil(keepPage(response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

async function answerAsset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

async function freshOrKept(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}

/** The page with the assets that it and its style sheets name, as one set. */
async function keepPage(response) {
  const cache = await caches.open(CACHE);
  const html = await response.clone().text();
  const known = await cache.match(PAGE);
  if (known && (await known.text()) === html) return;
  const { direct, lazy } = assetsOf(html);
  const needed = [FIRST_PAINT, ...direct];
  await cache.addAll(needed);
  await cache.addAll(await fontsOf(cache, direct));
  await cache.put(PAGE, response);
  const fonts = await fontsOf(cache, [...direct, ...lazy]);
  const wanted = new Set([...needed, ...lazy, ...fonts, PAGE]);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}

async function keepLazyFiles() {
  const cache = await caches.open(CACHE);
  const page = await cache.match(PAGE);
  if (!page) return;
  const { lazy } = assetsOf(await page.text());
  const here = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const add = (paths) => cache.addAll(paths.filter((path) => !here.has(path)));
  await add(lazy);
  await add(await fontsOf(cache, lazy));
}

/** What a page needs at once, and what its template names. */
function assetsOf(html) {
  const [atOnce, later = ""] = html.split('<template id="lazy-files">');
  const named = (text) => text.match(/\/assets\/[\w.-]+/g) ?? [];
  return { direct: named(atOnce), lazy: named(later) };
}

/** Named by those of the style sheets that are kept. */
async function fontsOf(cache, paths) {
  const styles = paths.filter((path) => path.endsWith(".css"));
  const fonts = await Promise.all(
    styles.map(async (path) => {
      const css = (await (await cache.match(path))?.text()) ?? "";
      return css.match(/\/assets\/[\w.-]+\.woff2/g) ?? [];
    }),
  );
  return fonts.flat();
}

async function setAccount(name) {
  const known = await caches.match("/account", { cacheName: ACCOUNT });
  if (name && known && (await known.text()) === name) return;
  await caches.delete(SEEN);
  if (name) await (await caches.open(ACCOUNT)).put("/account", new Response(name));
  else await caches.delete(ACCOUNT);
}

async function answerFile(event, id) {
  const { request } = event;
  try {
    const response = await fetch(request);
    // A proxy that says so has not reached the server either.
    if (response.status < 502 || response.status > 504) {
      if (isWorthKeeping(request, response))
        event.waitUntil(keepSeen(request, id, response.clone()));
      return response;
    }
    return (await fileFromDevice(request, id)) ?? response;
  } catch (error) {
    const stored = await fileFromDevice(request, id).catch(() => null);
    if (stored) return stored;
    throw error;
  }
}

function isWorthKeeping(request, response) {
  const size = Number(response.headers.get("content-length") ?? Number.POSITIVE_INFINITY);
  const isWhole = response.status === 200 && !request.headers.has("range");
  return isWhole && request.cache !== "no-store" && size <= MOST_SEEN_BYTES;
}

/** The same however it was asked for: an address that speaks for itself is another one each time. */
function seenName(request, id) {
  const { searchParams } = new URL(request.url);
  const ways = ["version", "thumbnail"].filter((way) => searchParams.has(way));
  return `/seen/${id}?${ways.map((way) => `${way}=${searchParams.get(way)}`).join("&")}`;
}

/** What was seen last stands last; the oldest goes when all together are too many bytes. */
async function keepSeen(request, id, response) {
  const cache = await caches.open(SEEN);
  const name = seenName(request, id);
  await cache.delete(name);
  await cache.put(name, response);
  const keys = await cache.keys();
  const sizes = await Promise.all(
    keys.map(async (key) =>
      Number((await cache.match(key))?.headers.get("content-length") ?? MOST_SEEN_BYTES),
    ),
  );
  let bytes = sizes.reduce((sum, size) => sum + size, 0);
  for (const [i, key] of keys.entries()) {
    if (bytes <= ALL_SEEN_BYTES) return;
    await cache.delete(key);
    bytes -= sizes[i];
  }
}

async function fileFromDevice(request, id) {
  const { searchParams } = new URL(request.url);
  const kept = await storedFile(id, Number(searchParams.get("version") ?? 0));
  if (kept) {
    const { file, content } = kept;
    const isSmall = searchParams.has("thumbnail") && file.thumbnail;
    return respondWithFile(request, file, isSmall ? file.thumbnail : content);
  }
  const seen = await caches.match(seenName(request, id), { cacheName: SEEN });
  if (!seen) return null;
  const blob = await seen.blob();
  const file = { name: "file", type: seen.headers.get("content-type") ?? "" };
  return respondWithFile(request, file, blob);
}

/** As entities/offline/store/database.ts lays it out. */
async function storedFile(id, version) {
  const account = await caches.match("/account", { cacheName: ACCOUNT });
  if (!account) return null;
  const db = await openStored(await account.text());
  try {
    const stores = db.transaction(["files", "chunks"]);
    const file = await asked(stores.objectStore("files").get(id));
    if (!file?.isComplete || (version && version !== file.version)) return null;
    const range = IDBKeyRange.bound([id], [id, []]);
    const chunks = await asked(stores.objectStore("chunks").getAll(range));
    return { file, content: new Blob(chunks) };
  } finally {
    db.close();
  }
}

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function openStored(name) {
  const opening = indexedDB.open(name);
  // There is none: this one would be empty.
  opening.onupgradeneeded = () => opening.transaction.abort();
  return asked(opening);
}

/** What a browser shows by itself; all else is saved, as the server has it. */
const SHOWN = /^(image|audio|video)\/|^(text\/plain|application\/pdf)\b/;

/** As files/send-file.ts of the api sends it: it runs nothing in our origin. */
function respondWithFile(request, { name, type }, content) {
  const isSaved = new URL(request.url).searchParams.has("download") || !SHOWN.test(type);
  const headers = {
    "content-type": type === "text/plain" ? "text/plain; charset=utf-8" : content.type || type,
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
    "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'${type === "application/pdf" ? "" : "; sandbox"}`,
    "content-disposition": `${isSaved ? "attachment" : "inline"}; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "") ?? [];
  if (from === undefined) {
    return new Response(content, { headers: { ...headers, "content-length": content.size } });
  }
  const start = Number(from);
  const end = to ? Math.min(Number(to), content.size - 1) : content.size - 1;
  const part = content.slice(start, end + 1);
  const range = `bytes ${start}-${end}/${content.size}`;
  return new Response(part, {
    status: 206,
    headers: { ...headers, "content-range": range, "content-length": part.size },
  });
}
