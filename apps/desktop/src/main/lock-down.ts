import { app, type Session, shell, type WebContents } from "electron";
import { ExpectedError } from "./bridge/expected-error.ts";

const openable = new Set(["http:", "https:", "mailto:"]);

/** Hands an address to the person's own browser or mail program, and never to anything else. */
export async function openExternal(address: string): Promise<void> {
  const url = URL.parse(address);
  if (!url || !openable.has(url.protocol))
    throw new ExpectedError("This kind of link is not opened.");
  await shell.openExternal(url.href);
}

/**
 * Whatever a page shows (a task's description is a stranger's text), the window stays on our own
 * pages, and opens no second window. Of every session, before it has a page: said once, before the app is ready.
 */
export function lockDown(ownOrigin: string) {
  app.on("session-created", (session) => denyPermissions(session, ownOrigin));
  app.on("web-contents-created", (_event, contents) => guard(contents, ownOrigin));
}

/** No camera, microphone, location or notification is granted. */
function denyPermissions(session: Session, ownOrigin: string) {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(isAllowed(permission) && isOwn(contents.getURL(), ownOrigin));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return isAllowed(permission) && isOwn(origin, ownOrigin);
  });
}

function guard(contents: WebContents, ownOrigin: string) {
  const stay = (details: { url: string; preventDefault: () => void }) => {
    if (isOwn(details.url, ownOrigin)) return;
    details.preventDefault();
    // A refused address stays where it is, as below.
    void openExternal(details.url).catch(() => undefined);
  };
  contents.on("will-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    // A refused address (javascript:, file:) simply does nothing: there is no one to tell.
    void openExternal(url).catch(() => undefined);
    return { action: "deny" };
  });
}

/** "Copy link" needs to write the clipboard; nothing else is needed, so nothing else is given. */
function isAllowed(permission: string): boolean {
  return permission === "clipboard-sanitized-write";
}

/** Compares scheme and host: `URL.origin` is "null" for app: addresses. */
export function isOwn(address: string, ownOrigin: string): boolean {
  const url = URL.parse(address);
  const own = new URL(ownOrigin);
  return url !== null && url.protocol === own.protocol && url.host === own.host;
}
