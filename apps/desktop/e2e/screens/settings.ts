/** What everybody sets for themselves, and what becomes of their account. */
import type { Page } from "@playwright/test";
import { paths } from "../../src/renderer/src/lib/paths.ts";
import type { Screen } from "./screens.ts";

const tabs = [
  ...["account", "security", "notifications", "appearance", "offline", "sessions", "api"],
  ...["workspace", "audit", "about"],
];

const at =
  (tab: string): Screen["at"] =>
  ({ workspaceId }) =>
    `${paths.settings(workspaceId)}?tab=${tab}`;

const closing = (page: Page) => page.getByRole("button", { name: "Close account…" }).click();

export const settings: Screen[] = [
  ...tabs.map(
    (tab): Screen => ({
      name: `settings-${tab}`,
      who: "owner",
      at: at(tab),
      shows: (page) => page.getByRole("tab", { name: new RegExp(tab, "i"), selected: true }),
    }),
  ),
  {
    name: "settings-set-up-app",
    who: "owner",
    at: at("security"),
    act: (page) => page.getByRole("button", { name: "Set up authenticator app" }).click(),
    shows: (page) => page.getByRole("img", { name: /QR code/ }),
  },
  {
    name: "settings-close-account",
    who: "viewer",
    at: at("account"),
    act: closing,
    shows: (page) => page.getByLabel(/^Type .* to confirm$/),
  },
  {
    name: "settings-close-account-stopped",
    who: "owner",
    at: at("account"),
    act: closing,
    shows: (page) => page.getByText("You're the only owner of workspaces"),
  },
  {
    // As their provider sends somebody back who closed their account.
    name: "reopen-account",
    who: "stranger",
    at: () => `${paths.signIn()}#reopen=x&until=2026-12-14T10:00:00.000Z`,
    shows: (page) => page.getByRole("button", { name: "Open my account again" }),
  },
];
