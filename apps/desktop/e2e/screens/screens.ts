/** Every screen there is, by who sees it and how one gets there. */
import type { Locator, Page } from "@playwright/test";
import { paths } from "../../src/renderer/src/lib/paths.ts";
import { column } from "../people.ts";
import { projectKeys } from "../samples/sample.ts";
import { files } from "./files.ts";
import { guests } from "./guests.ts";
import { imports } from "./imports.ts";
import { inboxes } from "./inboxes.ts";
import { instance } from "./instance.ts";
import { members } from "./members.ts";
import { nowhere } from "./nowhere.ts";
import type { TourSample as Sample } from "./server.ts";
import { settings } from "./settings.ts";
import { trees } from "./trees.ts";

export type Visitor =
  | "stranger"
  | "newcomer"
  | "owner"
  | "viewer"
  | "administrator"
  | "guest"
  | "emptyGuest";

export type Screen = {
  name: string;
  who: Visitor;
  /** Without one it is a further step on the screen before it. */
  at?: (sample: Sample) => string;
  /** What is done there until it looks as it should. */
  act?: (page: Page, sample: Sample) => Promise<void>;
  /** Is there when the screen is. */
  shows: (page: Page, sample: Sample) => Locator;
};

const { app, empty } = projectKeys;
const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole("heading", { name }).first();
const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole("button", { name }).first();
const textBox = (name: string | RegExp) => (page: Page) => page.getByLabel(name).first();
const toDo = (page: Page) => column(page, "To do").getByRole("listitem").first();
const rows = (page: Page) => page.locator('[role="row"][data-task-id]');

const board = (query = "") => ({
  at: ({ workspaceId }: Sample) => paths.project(workspaceId, app) + query,
  shows: toDo,
});
const inWorkspace = (address: (workspaceId: string) => string) => ({
  at: ({ workspaceId }: Sample) => address(workspaceId),
});
const tabs = (names: readonly string[], address: (workspaceId: string) => string, title: string) =>
  names.map(
    (tab): Screen => ({
      name: `${title}-${tab}`,
      who: "owner",
      at: ({ workspaceId }) => `${address(workspaceId)}?tab=${tab}`,
      shows: (page) => page.getByRole("tab", { name: new RegExp(tab, "i"), selected: true }),
    }),
  );

const forApps: Screen[] = [
  {
    name: "sign-in-app",
    who: "owner",
    at: () =>
      `${paths.signInApp()}?${new URLSearchParams({
        ...{ port: "49152", state: "one", challenge: "x".repeat(43) },
        ...{ app: "Guildhall 0.1.0 for Linux", computer: "mill-laptop" },
      })}`,
    shows: button("Sign in to the app"),
  },
  {
    name: "sign-in-app-incomplete",
    who: "owner",
    at: () => paths.signInApp(),
    shows: heading("This link isn't complete"),
  },
];

const strangers: Screen[] = [
  { name: "sign-in", who: "stranger", at: () => paths.signIn(), shows: button("Sign in") },
  {
    name: "sign-in-refused",
    who: "stranger",
    at: () => `${paths.signIn()}?problem=provider_unreachable&provider=corp`,
    shows: (page) => page.getByText("Can't reach Example Inc."),
  },
  {
    name: "link-account",
    who: "stranger",
    at: () => "/auth/oidc/corp/start?to=/",
    shows: button("Connect and sign in"),
  },
  { name: "sign-up", who: "stranger", at: () => paths.signUp(), shows: button("Continue") },
  {
    name: "sign-up-sent",
    who: "stranger",
    act: async (page) => {
      await page.getByLabel("Email").fill("lena@example.org");
      await page.getByRole("button", { name: "Continue", exact: true }).click();
    },
    shows: heading("Check your email"),
  },
  {
    name: "sign-up-by-link",
    who: "stranger",
    at: ({ signUpLink }) => {
      const { pathname, search } = new URL(signUpLink);
      return pathname + search;
    },
    shows: button("Create account"),
  },
  { name: "forgot-password", who: "stranger", at: paths.forgotPassword, shows: button(/link/) },
  {
    name: "reset-password",
    who: "stranger",
    at: () => `${paths.resetPassword()}?token=from-a-mail`,
    shows: button("Save new password"),
  },
  {
    name: "undo-address",
    who: "stranger",
    at: () => "/undo-address?token=from-a-mail",
    shows: button("This wasn't me"),
  },
  {
    name: "join",
    who: "stranger",
    at: ({ invitation }) => {
      const { pathname, search } = new URL(invitation);
      return pathname + search;
    },
    shows: heading("Join Town Library"),
  },
];

const firstRun: Screen[] = [
  {
    name: "first-workspace",
    who: "newcomer",
    at: paths.home,
    shows: textBox("Workspace name"),
  },
  {
    name: "import-workspace",
    who: "newcomer",
    act: (page) => page.getByRole("button", { name: "Import a workspace" }).click(),
    shows: heading("Import a workspace"),
  },
  {
    name: "first-project",
    who: "newcomer",
    act: async (page) => {
      await page.getByRole("button", { name: "Create an empty workspace instead" }).click();
      await page.getByLabel("Workspace name").fill("Town Archive");
      await page.keyboard.press("Enter");
    },
    shows: heading("Create your first project"),
  },
  {
    name: "first-steps",
    who: "newcomer",
    act: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("Reading room");
      await page.getByRole("button", { name: "Create project" }).click();
    },
    shows: heading("How would you like to start?"),
  },
];

const boards: Screen[] = [
  { name: "board", who: "owner", ...board() },
  {
    name: "board-lanes",
    who: "owner",
    ...board("?lanes=assignee"),
    shows: (page) => page.getByText("Kofi Asante").first(),
  },
  {
    name: "board-filters",
    who: "owner",
    ...board("?priority=high,urgent"),
    act: (page) => page.getByRole("search").getByRole("combobox", { name: /Label/ }).click(),
    shows: (page) => page.getByRole("option", { name: "accessibility" }),
  },
  {
    name: "task-peek",
    who: "owner",
    at: ({ workspaceId, mainTaskKey }) => `${paths.project(workspaceId, app)}?peek=${mainTaskKey}`,
    shows: heading("What counts as done"),
  },
  {
    name: "task",
    who: "owner",
    at: ({ workspaceId, mainTaskKey }) => paths.task(workspaceId, mainTaskKey),
    shows: heading("What counts as done"),
  },
  {
    name: "new-task",
    who: "owner",
    ...board(),
    act: async (page) => {
      await toDo(page).waitFor();
      await page.keyboard.press("c");
      await page.getByLabel("Title", { exact: true }).fill("Let readers lend to each other");
    },
    shows: button("Create task"),
  },
  {
    name: "palette",
    who: "owner",
    ...board(),
    act: async (page) => {
      await toDo(page).waitFor();
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Type a command or search…").fill("lo");
    },
    shows: (page) => page.getByText("Results", { exact: true }),
  },
  {
    name: "shortcuts",
    who: "owner",
    ...board(),
    act: async (page) => {
      await toDo(page).waitFor();
      await page.keyboard.press("?");
    },
    shows: heading("Keyboard shortcuts"),
  },
  { name: "board-viewer", who: "viewer", ...board() },
  {
    name: "board-empty",
    who: "owner",
    at: ({ workspaceId }) => paths.project(workspaceId, empty),
    shows: heading(/has no tasks yet/),
  },
];

const lists: Screen[] = [
  {
    name: "list",
    who: "owner",
    at: ({ workspaceId }) => paths.project(workspaceId, app, "list"),
    shows: (page) => rows(page).first(),
  },
  {
    name: "list-bulk",
    who: "owner",
    at: ({ workspaceId }) => `${paths.project(workspaceId, app, "list")}?group=assignee`,
    act: async (page) => {
      for (const index of [1, 2, 4]) {
        await rows(page)
          .nth(index)
          .click({ modifiers: ["Control"] });
      }
    },
    shows: (page) => page.getByRole("toolbar", { name: "3 tasks selected" }),
  },
  {
    name: "my-work",
    who: "owner",
    ...inWorkspace(paths.myWork),
    shows: (page) => page.getByRole("row", { name: "Opening hours of the winter" }),
  },
  {
    name: "my-work-followed",
    who: "owner",
    at: ({ workspaceId }) => `${paths.myWork(workspaceId)}?show=followed`,
    shows: (page) => page.getByRole("grid", { name: "My tasks" }).getByRole("row").nth(1),
  },
  {
    name: "my-work-drafts",
    who: "owner",
    at: ({ workspaceId, mainTaskKey }) => paths.task(workspaceId, mainTaskKey),
    act: async (page) => {
      await page.getByRole("textbox", { name: "Comment" }).click();
      await page.keyboard.type("Let us ask the readers first");
      await page.getByRole("link", { name: "My work" }).click();
      await page.getByRole("button", { name: "Drafts" }).click();
    },
    shows: (page) => page.getByRole("grid", { name: "Drafts" }).getByRole("row").first(),
  },
  {
    name: "search",
    who: "owner",
    at: ({ workspaceId }) => `${paths.search(workspaceId)}?q=book`,
    shows: (page) => page.getByText("Reserve a book that is out"),
  },
];

const keeping: Screen[] = [
  ...members,
  {
    name: "new-project",
    who: "owner",
    ...inWorkspace(paths.newProject),
    shows: button("Create project"),
  },
  ...tabs(
    ["general", "statuses", "labels", "access"],
    (workspaceId) => paths.projectSettings(workspaceId, app),
    "project",
  ),
];

/** Each is walked through from its beginning, in whatever order they come. */
export const tours = {
  "strangers see": strangers,
  "the first minutes bring": firstRun,
  "a board has": boards,
  "lists and the search have": lists,
  "an inbox has": inboxes,
  "the settings have": [...keeping, ...settings],
  "the administration has": instance,
  "guests see": guests,
  "documents have": trees,
  "files have": files,
  "an import has": imports,
  "an app asks for is": forApps,
  "is nowhere": nowhere,
} satisfies Record<string, readonly Screen[]>;
