import { BrowserWindow, Notification } from "electron";
import type { News, NewsShown } from "../../shared/news.ts";
import type { Caller } from "../bridge/callers.ts";
import type { Windows } from "../windows/windows.ts";

/** So many are remembered, so that each window's telling of the same is known for what it is. */
const REMEMBERED = 500;

type Options = { windows: Pick<Windows, "go" | "profileIn">; notifies: () => boolean };

/**
 * Shows what is new by the system, for all windows.
 *
 * Problem: each window of an account hears of the same news, and of what stands in front of its person nobody
 * has to be told. Choice: every page gives its news to main, which knows all windows; the page in front says
 * it itself (`in-app`), and of several that lie behind other programs the first one's is shown.
 */
export function showNews({ windows, notifies }: Options) {
  const told = new Set<string>();
  /** Held, since one that is collected hears no click. The newest of a thing takes the place of what it said before. */
  const shown = new Map<string, Notification>();

  function isNew({ ids }: News, profileId: string): boolean {
    const fresh = ids.map((id) => `${profileId} ${id}`).filter((id) => !told.has(id));
    for (const id of fresh) told.add(id);
    for (const id of [...told].slice(0, Math.max(0, told.size - REMEMBERED))) told.delete(id);
    return fresh.length > 0;
  }

  function show({ title, body, path, tag }: News, profileId: string) {
    const key = `${profileId} ${tag}`;
    shown.get(key)?.close();
    const notification = new Notification({ title, body });
    shown.set(key, notification);
    const forget = () => {
      if (shown.get(key) === notification) shown.delete(key);
    };
    notification.on("click", () => {
      forget();
      windows.go(profileId, path);
    });
    notification.on("close", forget);
    notification.show();
  }

  return {
    tell(news: News, { contents, profileId }: Caller): NewsShown {
      const front = BrowserWindow.getFocusedWindow();
      if (front?.webContents === contents) {
        isNew(news, profileId);
        return isOpenIn(front, news) ? "quiet" : "in-app";
      }
      const isBefore = front && windows.profileIn(front) === profileId;
      // The window in front shows the same workspace: it hears of it too, and says it.
      if (isBefore && workspaceIn(urlOf(front).pathname) === workspaceIn(news.path)) return "quiet";
      if (!isNew(news, profileId) || !notifies() || !Notification.isSupported()) return "quiet";
      show(news, profileId);
      return "native";
    },
  };
}

const urlOf = (window: BrowserWindow) => new URL(window.webContents.getURL());

function isOpenIn(window: BrowserWindow, { path, key }: News): boolean {
  const { pathname, searchParams } = urlOf(window);
  return (
    pathname === path.split(/[?#]/, 1)[0] || (key !== null && searchParams.get("peek") === key)
  );
}

const workspaceIn = (path: string) => /^\/w\/[^/?#]+/.exec(path)?.[0] ?? null;
