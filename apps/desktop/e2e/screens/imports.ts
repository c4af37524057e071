/** An import, from its files to its end. */
import type { Page } from "@playwright/test";
import { paths } from "../../src/renderer/src/lib/paths.ts";
import { projectKeys } from "../samples/sample.ts";
import type { Screen } from "./screens.ts";

const { website } = projectKeys;
const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole("button", { name }).first();

export const imports: Screen[] = [
  {
    name: "import",
    who: "owner",
    at: ({ workspaceId }) => paths.import(workspaceId, website),
    shows: button("Choose files"),
  },
  {
    name: "import-check",
    who: "owner",
    act: async (page, { exported }) => {
      await page.locator('input[type="file"]').setInputFiles(exported);
      await page.getByRole("button", { name: "Preview import" }).click();
    },
    shows: button(/^Import \d+ tasks into Website/),
  },
  {
    name: "import-done",
    who: "owner",
    act: (page) => page.getByRole("button", { name: /^Import \d+ tasks into Website/ }).click(),
    shows: (page) => page.getByRole("heading", { name: "Import complete" }),
  },
];
