/** Who may call what of what people are told: lines of the access matrix. */
import { createECDH } from "node:crypto";
import { type Expectation, onProject, onWorkspace, personal } from "./expectation.ts";

export const told: Record<string, Expectation> = {
  "notifications.list": onWorkspace("guest"),
  // One's own alone; what is none of them is passed over.
  "notifications.mark": { need: "person", input: (w) => ({ ids: [w.never()], read: true }) },
  "notifications.settings": onWorkspace("guest"),
  "notifications.setSettings": onProject("viewer", (w) => ({
    workspaceId: w.workspaceId,
    projectId: w.projectId,
    settings: [{ kind: "assigned", channel: "mail", isOn: false }],
  })),
  "notifications.setTimeZone": { need: "person", input: () => ({ timeZone: "Europe/Berlin" }) },
  "follows.get": onProject("viewer", async (w) => ({ entity: "task", id: await w.task() })),
  "follows.set": onProject("viewer", async (w) => ({
    ...{ entity: "document", id: await w.document() },
    state: "follow",
  })),
  "offline.tasks": onProject("viewer", (w) => ({ projectId: w.projectId })),
  "offline.documents": onProject("viewer", async (w) => ({ documentId: await w.document() })),
  // What one may not see is left out, as what there is not.
  "offline.texts": { need: "person", input: (w) => ({ documentIds: [w.never()] }) },
  "pushes.key": personal(),
  "pushes.subscribe": personal(
    () => ({
      endpoint: "https://10.0.0.1/push",
      p256dh: createECDH("prime256v1").generateKeys("base64url"),
      auth: Buffer.alloc(16).toString("base64url"),
    }),
    "bad_address",
  ),
  "pushes.unsubscribe": personal(() => ({ endpoint: "https://push.example.com/1" })),
  "tasks.followed": onWorkspace("guest"),
  "activity.list": onProject("viewer", (w) => ({
    workspaceId: w.workspaceId,
    projectId: w.projectId,
  })),
  "activity.boardAt": onProject("editor", (w) => ({
    projectId: w.projectId,
    moment: { at: new Date() },
  })),
};
