import { useLocation } from "@tanstack/react-router";
import { use, useEffect, useEffectEvent, useState } from "react";
import { Arrivals } from "@/entities/notifications/arrivals.ts";
import { notificationPath } from "@/entities/notifications/notification-path.ts";
import type { NotificationView } from "@/entities/notifications/sync/notification.ts";
import { useUnread } from "@/entities/notifications/sync/use-inbox.ts";
import { useNotificationMutations } from "@/entities/notifications/sync/use-notification-mutations.ts";
import { wantsPush } from "@/entities/notifications/wants-push.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useTitleCount } from "@/lib/page-title.ts";
import { paths } from "@/lib/paths.ts";
import { onOpenPlace } from "@/platform/opened-place.ts";
import { platform } from "@/platform/platform.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";

/** How much is unread, in the title; and a toast for what comes while the page is open. */
export function NotificationNews() {
  const { id: workspaceId } = useWorkspace();
  const { items, count, isRead } = useUnread();
  const location = useLocation();
  const mutations = useNotificationMutations();
  const { connection, me } = useSyncClient();
  const navigate = use(NavigateContext);
  const nameOf = useNameOf();
  const utils = trpc.useUtils();
  const [arrivals] = useState(() => new Arrivals());
  useTitleCount(count);
  const { desktop } = platform;
  useEffect(() => void desktop?.setUnread({ workspaceId, count }), [desktop, workspaceId, count]);
  const tell = useEffectEvent(async () => {
    const arrived = arrivals.next(items);
    const inFront = document.hasFocus() ? arrived.filter((n) => isOpen(n, location)) : [];
    mutations.seen(inFront);
    const news = arrived.filter((n) => !inFront.includes(n));
    // In the inbox it is seen as it is, if that is in front: the desktop app tells of it elsewhere too.
    const isInbox = location.pathname === paths.inbox(workspaceId);
    if (news.length === 0 || (isInbox && (!desktop || document.hasFocus()))) return;
    const [{ tellOfNews }, settings] = await Promise.all([
      import("@/entities/notifications/tell-of-news.ts"),
      utils.notifications.settings.fetch({ workspaceId }, { staleTime: 60_000 }),
    ]);
    const go = (path: string) => navigate?.(path);
    await tellOfNews(news, { nameOf, go, inbox: paths.inbox(workspaceId), settings, desktop });
  });
  useEffect(() => {
    if (isRead) void tell();
  }, [isRead, items]);
  const open = useEffectEvent((path: string) => navigate?.(path));
  useEffect(() => onOpenPlace((path) => open(path)), []);
  useEffect(() => {
    if (!wantsPush(me.id)) return;
    const renewed = import("@/entities/notifications/device-push.ts").then(({ renewDevicePush }) =>
      renewDevicePush(connection, me.id),
    );
    // Without a connection, or when the browser will not: it is tried again at the next start.
    renewed.catch((error: unknown) => console.warn("This device may not be notified.", error));
  }, [connection, me.id]);
  return null;
}

type Here = { pathname: string; search: { peek?: unknown } };

/** Whoever has the thing before them sees what happens to it. */
function isOpen(n: NotificationView, { pathname, search }: Here): boolean {
  const [path = ""] = notificationPath(n).split("#");
  return pathname === path || (n.key !== null && search.peek === n.key);
}
