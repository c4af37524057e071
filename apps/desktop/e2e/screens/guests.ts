/** What guests see: their places, and of the rest nothing. */
import { paths } from "../../src/renderer/src/lib/paths.ts";
import { column } from "../people.ts";
import { projectKeys } from "../samples/sample.ts";
import type { Screen } from "./screens.ts";

export const guests: Screen[] = [
  {
    name: "guest-board",
    who: "guest",
    at: ({ workspaceId }) => paths.project(workspaceId, projectKeys.app),
    shows: (page) => column(page, "To do").getByRole("listitem").first(),
  },
  {
    name: "guest-task",
    who: "guest",
    at: ({ workspaceId, mainTaskKey }) => paths.task(workspaceId, mainTaskKey),
    shows: (page) => page.getByRole("heading", { name: "What counts as done" }).first(),
  },
  {
    name: "guest-document",
    who: "guest",
    at: ({ workspaceId, documentId }) => paths.document(workspaceId, documentId),
    shows: (page) =>
      page.getByRole("textbox", { name: "Text", exact: true }).getByText("by itself"),
  },
  {
    name: "guest-search",
    who: "guest",
    at: ({ workspaceId }) => `${paths.search(workspaceId)}?q=book`,
    shows: (page) => page.getByText("Reserve a book that is out"),
  },
  {
    name: "guest-members",
    who: "guest",
    at: ({ workspaceId }) => paths.members(workspaceId),
    shows: (page) => page.getByText("Gwen Okafor").first(),
  },
  {
    name: "guest-my-work",
    who: "guest",
    at: ({ workspaceId }) => paths.myWork(workspaceId),
    shows: (page) => page.getByRole("link", { name: /^Reading app/ }).first(),
  },
  {
    name: "guest-of-nothing",
    who: "emptyGuest",
    at: ({ workspaceId }) => paths.myWork(workspaceId),
    shows: (page) => page.getByRole("navigation").first().getByText("My work"),
  },
  {
    name: "guest-of-nothing-documents",
    who: "emptyGuest",
    at: ({ workspaceId }) => paths.documents(workspaceId),
    shows: (page) => page.getByRole("heading", { name: /Documents/ }).first(),
  },
  {
    name: "guest-of-nothing-search",
    who: "emptyGuest",
    at: ({ workspaceId }) => `${paths.search(workspaceId)}?q=book`,
    shows: (page) => page.getByText(/No results|Nothing/).first(),
  },
  {
    name: "guest-of-nothing-members",
    who: "emptyGuest",
    at: ({ workspaceId }) => paths.members(workspaceId),
    shows: (page) => page.getByText("Emil Brandt").first(),
  },
];
