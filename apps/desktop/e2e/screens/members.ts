/** Who is in the workspace, and its groups. */
import type { Page } from "@playwright/test";
import { paths } from "../../src/renderer/src/lib/paths.ts";
import type { Screen } from "./screens.ts";

const button = (name: string) => (page: Page) => page.getByRole("button", { name }).first();

export const members: Screen[] = [
  {
    name: "members",
    who: "owner",
    at: ({ workspaceId }) => paths.members(workspaceId),
    shows: (page) => page.getByText("jonas@example.org").first(),
  },
  {
    name: "groups",
    who: "owner",
    at: ({ workspaceId }) => paths.groups(workspaceId),
    act: (page) => page.getByRole("button", { name: /^Accessibility @/ }).click(),
    shows: button("Remove Kofi Asante from Accessibility"),
  },
  {
    name: "new-group",
    who: "owner",
    act: (page) => page.getByRole("button", { name: "New group" }).click(),
    shows: button("Create group"),
  },
  {
    name: "delete-group",
    who: "owner",
    at: ({ workspaceId }) => paths.groups(workspaceId),
    act: async (page) => {
      await page.getByRole("button", { name: "Options for Accessibility" }).click();
      await page.getByRole("menuitem", { name: "Delete group…" }).click();
    },
    shows: button("Delete group"),
  },
];
