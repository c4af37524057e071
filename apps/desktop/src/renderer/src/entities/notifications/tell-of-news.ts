/** Loaded with the first notification that comes: the first page waits for no sentence. */
import { notificationKinds } from "@guildhall/api/client";
import { notify } from "@/ui/overlays/toast.ts";
import { isQuiet } from "./is-quiet.ts";
import { notificationPath } from "./notification-path.ts";
import type { Notification } from "./sync/notification.ts";

type How = {
  nameOf: (userId: string | null) => string;
  go: (path: string) => void;
  inbox: string;
  quietHours: Parameters<typeof isQuiet>[0];
};

/** More at once, as after an absence, are told of together. */
const EACH = 2;

export function tellOfNews(news: readonly Notification[], { nameOf, go, inbox, quietHours }: How) {
  if (isQuiet(quietHours)) return;
  if (news.length > EACH) {
    const command = { label: "Open inbox", run: () => go(inbox) };
    return void notify({ title: `${news.length} new notifications`, command });
  }
  for (const n of news) {
    notify({
      title: notificationKinds[n.kind].sentence(nameOf(n.actorId), n.detail, n.things),
      description: [n.key, n.title].filter(Boolean).join(" "),
      command: { label: "Open", run: () => go(notificationPath(n)) },
    });
  }
}
