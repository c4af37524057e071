/** What administrators of the server have. */
import { paths } from "../../src/renderer/src/lib/paths.ts";
import type { Screen } from "./screens.ts";

const at = (tab: string) => () => `${paths.instance()}?tab=${tab}`;

export const instance: Screen[] = [
  {
    name: "instance-accounts",
    who: "administrator",
    at: at("accounts"),
    shows: (page) => page.getByRole("list", { name: "Accounts" }).getByRole("listitem").first(),
  },
  {
    name: "instance-account-menu",
    who: "administrator",
    act: (page) => page.getByRole("button", { name: "Vera Novak options" }).click(),
    shows: (page) => page.getByRole("menuitem", { name: "Deactivate…" }),
  },
  {
    name: "instance-deactivate",
    who: "administrator",
    act: (page) => page.getByRole("menuitem", { name: "Deactivate…" }).click(),
    shows: (page) => page.getByRole("button", { name: "Deactivate account" }),
  },
  {
    name: "instance-workspaces",
    who: "administrator",
    at: at("workspaces"),
    shows: (page) => page.getByRole("list", { name: "Workspaces" }).getByText("Town Library"),
  },
  {
    name: "instance-workspace-menu",
    who: "administrator",
    act: (page) => page.getByRole("button", { name: "Old Bakery options" }).click(),
    shows: (page) => page.getByRole("menuitem", { name: "Appoint an owner…" }),
  },
  {
    name: "instance-appoint",
    who: "administrator",
    act: (page) => page.getByRole("menuitem", { name: "Appoint an owner…" }).click(),
    shows: (page) => page.getByRole("button", { name: "Appoint owner" }),
  },
  {
    name: "instance-delete-workspace",
    who: "administrator",
    act: async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Old Bakery options" }).click();
      await page.getByRole("menuitem", { name: "Delete…" }).click();
    },
    shows: (page) => page.getByRole("button", { name: "Delete workspace" }),
  },
  {
    name: "instance-deleted",
    who: "administrator",
    at: () => `${paths.instance()}?tab=workspaces&show=deleted`,
    shows: (page) => page.getByRole("list", { name: "Workspaces" }).getByText("Winter Fair"),
  },
  {
    name: "instance-restore",
    who: "administrator",
    act: async (page) => {
      await page.getByRole("button", { name: "Winter Fair options" }).click();
      await page.getByRole("menuitem", { name: "Restore…" }).click();
    },
    shows: (page) => page.getByRole("button", { name: "Restore workspace" }),
  },
  {
    name: "instance-sign-in",
    who: "administrator",
    at: at("sign-in"),
    shows: (page) => page.getByText("Answers", { exact: false }).first(),
  },
  {
    name: "instance-about",
    who: "administrator",
    at: at("about"),
    shows: (page) => page.getByText("react-dom", { exact: true }),
  },
  {
    name: "instance-settings",
    who: "administrator",
    at: at("settings"),
    shows: (page) => page.getByLabel("Audit log retention", { exact: true }),
  },
  {
    name: "instance-health",
    who: "administrator",
    at: at("health"),
    shows: (page) => page.getByText(/^PostgreSQL/),
  },
  {
    name: "instance-audit",
    who: "administrator",
    at: at("audit"),
    shows: (page) => page.getByRole("list", { name: "Audit log" }).getByRole("listitem").first(),
  },
];
