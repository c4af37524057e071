import { pointer } from "@/lib/deep-link-target.ts";
import { paths } from "@/lib/paths.ts";
import type { Notification } from "./sync/notification.ts";

/** Where the thing itself is, with the very comment. */
export function notificationPath(n: Notification): string {
  const { workspaceId, subject, key, commentId } = n;
  const target = commentId ? pointer("comment", commentId) : "";
  switch (subject.entity) {
    case "task":
      return paths.task(workspaceId, key ?? subject.id) + target;
    case "document":
      return paths.document(workspaceId, subject.id) + target;
    case "project":
      return paths.project(workspaceId, subject.id);
    case "workspace":
      if (n.things) return paths.myWork(workspaceId);
      if (n.kind === "joinedGroup") return paths.groups(workspaceId);
      return n.kind === "importFinished"
        ? paths.documents(workspaceId)
        : paths.members(workspaceId);
  }
}
