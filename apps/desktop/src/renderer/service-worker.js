/**
 * Lets the page open without a connection. It keeps the page and what it is built of, and nothing
 * that people wrote: that is in IndexedDB, and calls to /trpc pass by here untouched.
 *
 * It answers the page's own addresses and no others: a file in a window of its own, an export,
 * /healthz are the server's, connection or not.
 *
 * The page is asked of the server first, so that a new version is there at the next load; hashed
 * assets never change and come from here first. A new page brings its own list of assets; what an old
 * one needed goes. Those that it will import later (prefetch-lazy.ts) are kept once somebody is in.
 *
 * And it shows what a person is told while they have the app closed or out of sight.
 */
const CACHE = "guildhall-page";
const PAGE = "/index.html";
const FIRST_PAINT = "/first-paint.js";
const PATIENCE_MS = 3_000;
/** Put here by the build. Every other address is the server's to answer: files, exports, metrics … */
const APP_PATHS = new RegExp(__APP_PATHS__);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(PAGE, { cache: "no-cache" }).then(keepPage));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data === "keep lazy files") event.waitUntil(keepLazyFiles());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
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
  if (windows.some(({ focused }) => focused)) return;
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
