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
