import { defineView } from "@/sync/define-mutation.ts";
import type { ChangedRows } from "@/sync/optimistic.ts";
import type { NotificationView } from "./notification.ts";

export const inboxView = defineView<{ rows: ChangedRows<NotificationView> }>("inbox");
