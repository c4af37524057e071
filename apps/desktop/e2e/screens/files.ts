/** Files of a project, and what is seen of each kind. */
import type { Page } from "@playwright/test";
import { paths } from "../../src/renderer/src/lib/paths.ts";
import { projectKeys } from "../samples/sample.ts";
import { sampleFiles } from "../samples/sample-files.ts";
import type { Screen } from "./screens.ts";

const fileTile = (name: string) => (page: Page) =>
  page.getByRole("button", { name: `Open ${name}`, exact: true });
const looked = (name: string) => async (page: Page) => {
  await page.keyboard.press("Escape");
  await fileTile(name)(page).click();
};

export const files: Screen[] = [
  {
    name: "files",
    who: "owner",
    at: ({ workspaceId }) => paths.projectFiles(workspaceId, projectKeys.app),
    shows: fileTile(sampleFiles.table),
  },
  {
    name: "file-table",
    who: "owner",
    act: looked(sampleFiles.table),
    shows: (page) => page.getByRole("cell", { name: "Hillside" }),
  },
  {
    name: "file-text",
    who: "owner",
    act: looked(sampleFiles.text),
    shows: (page) => page.getByRole("heading", { name: "Notes on the tablets" }).first(),
  },
  {
    name: "file-pages",
    who: "owner",
    act: looked(sampleFiles.pages),
    shows: (page) => page.getByRole("dialog").getByText("Lending rules of the town library"),
  },
  {
    name: "files-deleted",
    who: "owner",
    act: async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Deleted files" }).click();
    },
    shows: (page) => page.getByRole("button", { name: /^Restore/ }).first(),
  },
];
