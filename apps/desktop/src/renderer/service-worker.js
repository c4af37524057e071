/**
 * Lets the page open without a connection. It keeps the page and what it is built of, and nothing
 * that people wrote: that is in IndexedDB, and calls to /trpc pass by here untouched.
 *
 * It answers the page's own addresses and no others: a file in a window of its own, an export,
 * /healthz are the server's, connection or not.
 *
 * The page is asked of the server first, so that a new version is there at the next load; hashed
 * assets never change and come from here first. A new page brings its own list of assets, with those
 * that it will import later (prefetch-lazy.ts); what an old one needed goes.
 */
const CACHE = "guildhall-page";
const PAGE = "/index.html";
const PATIENCE_MS = 3_000;
/** Put here by the build. Every other address is the server's to answer: files, exports, metrics … */
const APP_PATHS = new RegExp(__APP_PATHS__);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(PAGE, { cache: "no-cache" }).then(keepPage));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (APP_PATHS.test(url.pathname)) event.respondWith(answerPage(event));
  } else if (url.pathname.startsWith("/assets/")) event.respondWith(answerAsset(request));
  else if (url.pathname === "/theme.js") event.respondWith(freshOrKept(request));
});

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
  const direct = ["/theme.js", ...(html.match(/\/assets\/[\w.-]+/g) ?? [])];
  await cache.addAll(direct);
  const styles = direct.filter((path) => path.endsWith(".css"));
  const fonts = await Promise.all(
    styles.map(async (path) => {
      const css = await (await cache.match(path)).text();
      return css.match(/\/assets\/[\w.-]+\.woff2/g) ?? [];
    }),
  );
  const wanted = new Set([...direct, ...fonts.flat(), PAGE]);
  await cache.addAll(fonts.flat());
  await cache.put(PAGE, response);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}
