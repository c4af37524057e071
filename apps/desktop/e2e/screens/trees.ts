/** The tree of documents, and a document. */
import type { Page } from "@playwright/test";
import { paths } from "../../src/renderer/src/lib/paths.ts";
import { sampleDocuments } from "../samples/sample-documents.ts";
import type { Screen } from "./screens.ts";

const documentLine = (title: string) => (page: Page) =>
  page.getByRole("treeitem", { name: title, exact: true });
const openHandbook = async (page: Page) => {
  await documentLine(sampleDocuments.handbook)(page).focus();
  await page.keyboard.press("ArrowRight");
};
/** In the dialog that the menu of a document opens. */
const asked = (title: string, entry: string) => async (page: Page) => {
  await page.keyboard.press("Escape");
  await documentLine(title)(page).click({ button: "right" });
  await page.getByRole("menuitem", { name: entry }).click();
};

export const trees: Screen[] = [
  {
    name: "documents",
    who: "owner",
    at: ({ workspaceId }) => paths.documents(workspaceId),
    act: openHandbook,
    shows: documentLine(sampleDocuments.private),
  },
  {
    name: "document-menu",
    who: "owner",
    act: (page) => documentLine(sampleDocuments.onboarding)(page).click({ button: "right" }),
    shows: (page) => page.getByRole("menuitem", { name: "Move to…" }),
  },
  {
    name: "document-access",
    who: "owner",
    act: asked(sampleDocuments.private, "Access…"),
    shows: (page) => page.getByText("Workspace owner"),
  },
  {
    name: "document-move",
    who: "owner",
    act: asked(sampleDocuments.onboarding, "Move to…"),
    shows: (page) => page.getByRole("option", { name: /Website/ }),
  },
  {
    name: "document-templates",
    who: "owner",
    act: asked(sampleDocuments.onboarding, "New from template inside…"),
    shows: (page) => page.getByRole("button", { name: sampleDocuments.template }).first(),
  },
  {
    name: "folder",
    who: "owner",
    at: ({ workspaceId, folderId }) => paths.document(workspaceId, folderId),
    shows: (page) => page.getByRole("main").getByText("How we decide"),
  },
  {
    name: "document",
    who: "owner",
    at: ({ workspaceId, documentId }) => paths.document(workspaceId, documentId),
    shows: (page) =>
      page.getByRole("textbox", { name: "Text", exact: true }).getByText("by itself"),
  },
  {
    name: "document-outline",
    who: "owner",
    act: (page) => page.getByRole("button", { name: "Outline", exact: true }).first().click(),
    shows: (page) => page.getByRole("navigation", { name: "Outline" }).getByText("What it costs"),
  },
  {
    name: "bin",
    who: "owner",
    at: ({ workspaceId }) => paths.trash(workspaceId),
    shows: (page) => page.getByRole("button", { name: "Restore" }).first(),
  },
  {
    name: "documents-viewer",
    who: "viewer",
    at: ({ workspaceId }) => paths.documents(workspaceId),
    shows: documentLine(sampleDocuments.handbook),
  },
];
