/** The inbox: empty of what is unread once it was read, with a task beside it, and with a snooze to be chosen;
 * and what happened, in the workspace and to a document. */
import { paths } from "../../src/renderer/src/lib/paths.ts";
import type { Screen } from "./screens.ts";

export const inboxes: Screen[] = [
  {
    name: "inbox",
    who: "owner",
    at: ({ workspaceId }) => paths.inbox(workspaceId),
    // Another tour may have opened what they are about, which reads them.
    act: async (_, { owner: { api }, workspaceId }) => {
      const { items } = await api.notifications.list.query({ workspaceId, state: "all" });
      await api.notifications.mark.mutate({ ids: items.map(({ id }) => id), read: false });
    },
    shows: (page) => page.getByRole("grid", { name: "Notifications" }).getByRole("row").first(),
  },
  {
    name: "inbox-beside",
    who: "owner",
    act: async (page) => {
      await page.keyboard.press("j");
    },
    shows: (page) => page.getByRole("complementary").getByRole("heading").first(),
  },
  {
    name: "inbox-snooze",
    who: "owner",
    act: async (page) => {
      await page.keyboard.press("h");
    },
    shows: (page) => page.getByRole("button", { name: /Tomorrow morning/ }),
  },
  {
    name: "inbox-done",
    who: "owner",
    at: ({ workspaceId }) => `${paths.inbox(workspaceId)}?show=done`,
    shows: (page) => page.getByRole("heading", { name: "Nothing done yet" }),
  },
  {
    name: "activity",
    who: "owner",
    at: ({ workspaceId }) => paths.activity(workspaceId),
    shows: (page) => page.getByRole("treegrid", { name: "Activity" }).getByRole("row").nth(3),
  },
  {
    name: "board-as-of",
    who: "owner",
    at: ({ workspaceId }) => `${paths.boardThen(workspaceId, "APP")}?at=999999`,
    shows: (page) => page.getByRole("status").filter({ hasText: "As of" }),
  },
  {
    name: "activity-document",
    who: "owner",
    at: ({ workspaceId, documentId }) => paths.documentActivity(workspaceId, documentId),
    shows: (page) => page.getByRole("treegrid", { name: "Activity" }).getByRole("row").nth(1),
  },
];
