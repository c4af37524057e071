/** Loaded with the first notification that comes: the first page waits for no sentence. */
import { notificationKinds, type RouterOutputs } from "@guildhall/api/client";
import type { Desktop } from "@/platform/platform.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { isQuiet } from "./is-quiet.ts";
import { notificationPath } from "./notification-path.ts";
import type { Notification } from "./sync/notification.ts";

type Settings = Pick<RouterOutputs["notifications"]["settings"], "quietHours" | "settings">;

type How = {
  nameOf: (userId: string | null) => string;
  go: (path: string) => void;
  inbox: string;
  settings: Settings;
  /** Null in a browser, which is told by web push while the page is closed. */
  desktop: Pick<Desktop, "tellNews"> | null;
};

/** More at once, as after an absence, are told of together. */
const EACH = 2;

export async function tellOfNews(news: readonly Notification[], how: How) {
  const { nameOf, inbox, settings } = how;
  if (isQuiet(settings.quietHours)) return;
  if (news.length > EACH) {
    const title = `${news.length} new notifications`;
    return tell(
      news,
      { title, body: "", path: inbox, tag: inbox, key: null, label: "Open inbox" },
      how,
    );
  }
  for (const n of news) {
    const title = notificationKinds[n.kind].sentence(nameOf(n.actorId), n.detail, n.things);
    const body = [n.key, n.title].filter(Boolean).join(" ");
    const path = notificationPath(n);
    await tell([n], { title, body, path, tag: n.subject.id, key: n.key, label: "Open" }, how);
  }
}

type Words = {
  title: string;
  body: string;
  path: string;
  tag: string;
  key: string | null;
  label: string;
};

/** By the system where another program is in front, and only what is to be pushed; else by the page. */
async function tell(
  news: readonly Notification[],
  { label, ...words }: Words,
  { go, settings, desktop }: How,
) {
  if (desktop) {
    if (!document.hasFocus() && !news.some((n) => isPushed(n, settings))) return;
    const shown = await desktop.tellNews({
      ...words,
      ids: news.map(({ id }) => id),
      tag: words.tag.slice(-64),
      title: words.title.slice(0, 500),
      body: words.body.slice(0, 500),
    });
    if (shown !== "in-app") return;
  }
  const command = { label, run: () => go(words.path) };
  notify({ title: words.title, ...(words.body && { description: words.body }), command });
}

/** As they have set it for the project, else for the workspace, else as it is by itself. */
function isPushed({ kind, projectId }: Notification, { settings }: Settings): boolean {
  const set = (of: string | null) =>
    settings.find((s) => s.kind === kind && s.channel === "push" && s.projectId === of)?.isOn;
  const own: readonly string[] = notificationKinds[kind].channels;
  return (projectId ? set(projectId) : null) ?? set(null) ?? own.includes("push");
}
