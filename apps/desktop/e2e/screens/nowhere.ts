/** Addresses at which there is nothing. */
import { paths } from "../../src/renderer/src/lib/paths.ts";
import type { Screen } from "./screens.ts";

const notFound: Screen["shows"] = (page) =>
  page.getByRole("heading", { name: "Page not found" }).first();

export const nowhere: Screen[] = [
  {
    name: "not-found",
    who: "owner",
    at: () => "/nowhere",
    shows: notFound,
  },
  {
    name: "project-not-found",
    who: "owner",
    at: ({ workspaceId }) => paths.project(workspaceId, "NOPE"),
    shows: notFound,
  },
];
