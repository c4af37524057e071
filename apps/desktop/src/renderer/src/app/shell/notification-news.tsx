import { useLocation } from "@tanstack/react-router";
import { use, useEffect, useEffectEvent, useState } from "react";
import { Arrivals } from "@/entities/notifications/arrivals.ts";
import { useUnread } from "@/entities/notifications/sync/use-inbox.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useTitleCount } from "@/lib/page-title.ts";
import { paths } from "@/lib/paths.ts";
import { trpc } from "@/sync/trpc.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";

/** How much is unread, in the title; and a toast for what comes while the page is open. */
export function NotificationNews() {
  const { id: workspaceId } = useWorkspace();
  const { items, count, isRead } = useUnread();
  const { pathname } = useLocation();
  const navigate = use(NavigateContext);
  const nameOf = useNameOf();
  const utils = trpc.useUtils();
  const [arrivals] = useState(() => new Arrivals());
  useTitleCount(count);
  const tell = useEffectEvent(async () => {
    const news = arrivals.next(items);
    // In the inbox it is seen as it is.
    if (news.length === 0 || pathname === paths.inbox(workspaceId)) return;
    const [{ tellOfNews }, { quietHours }] = await Promise.all([
      import("@/entities/notifications/tell-of-news.ts"),
      utils.notifications.settings.fetch({ workspaceId }, { staleTime: 60_000 }),
    ]);
    const go = (path: string) => navigate?.(path);
    tellOfNews(news, { nameOf, go, inbox: paths.inbox(workspaceId), quietHours });
  });
  useEffect(() => {
    if (isRead) void tell();
  }, [isRead, items]);
  return null;
}
