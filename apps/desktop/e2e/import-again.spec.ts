/** What an import asks: how to read a file, what was changed on both sides, whether it's another tool's. */
import { expect, type Page } from "@playwright/test";
import { barriers } from "./barriers.ts";
import type { Guildhall, Person } from "./guildhall.ts";
import { enter } from "./people.ts";
import { test } from "./test.ts";

let guildhall: Guildhall;
let person: Person;
test.beforeAll(async ({ guildhall: shared }) => {
  guildhall = shared;
  person = await guildhall.person("Ida");
});

const HEADER = "ID,Title,Status,Due date,Description";
const first = `${HEADER}\n1,Wheel,To do,2024-01-01,It creaks.\n2,Sluice,To do,2024-01-01,Leaks.\n`;
const second = `${HEADER}\n1,Wheel,To do,2024-02-02,It turns.\n2,Sluice,Done,2024-01-01,Leaks.\n`;
const other = "ID,Title,Status\n1,Buy flour,To do\n3,Bake bread,To do\n";

async function openProject(key: string) {
  const workspace = await person.api.workspaces.create.mutate({ name: `Mill ${key}` });
  const { id } = workspace;
  const project = await person.api.projects.create.mutate({ workspaceId: id, name: key, key });
  const tasks = async () =>
    (await person.api.tasks.list.query({ projectId: project.id, limit: 100 })).items;
  return { address: `${guildhall.url}/w/${id}/p/${key}/import`, tasks, projectId: project.id };
}

async function preview(page: Page, address: string, csv: string) {
  await page.goto(address);
  const file = { name: "tasks.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByRole("button", { name: "Preview import" }).click();
}

async function bring(page: Page, address: string, csv: string) {
  await preview(page, address, csv);
  await page
    .getByRole("button", { name: /^Import/ })
    .last()
    .click();
  await expect(page.getByText("Import complete")).toBeVisible();
}

test("what was changed here and in the file is shown with both values, and chosen field by field", async ({
  page,
}) => {
  await enter(page, person, guildhall.url);
  const { address, tasks } = await openProject("ONE");
  await bring(page, address, first);
  const [wheel] = await tasks();
  const id = wheel?.id ?? "";
  const patch = { dueDate: "2024-06-06", description: "Mended here." };
  await person.api.tasks.update.mutate({ id, patch, mutationId: crypto.randomUUID() });

  await preview(page, address, second);
  const conflicts = page.getByRole("region", { name: "Conflicting changes" });
  await expect(conflicts.getByText("2 fields changed both here and in the file")).toBeVisible();
  for (const value of ["2024-06-06", "2024-02-02", "Mended here.", "It turns."]) {
    await expect(conflicts.getByText(value)).toBeVisible();
  }
  await page.emulateMedia({ colorScheme: "light" });
  expect(await barriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await barriers(page)).toEqual([]);
  const due = conflicts.getByRole("group", { name: "Due date of ONE-1" });
  await due.getByRole("button", { name: "Use file" }).click();
  await page.getByRole("button", { name: "Import 1 task into ONE" }).click();
  await expect(page.getByText("Import complete")).toBeVisible();
  expect(await person.api.tasks.get.query({ id })).toMatchObject({
    ...{ dueDate: "2024-02-02", description: "Mended here." },
  });
  const [, sluice] = await tasks();
  expect(sluice?.completedAt).toBeInstanceOf(Date);
});

test("a file with ids of another one is asked about before anything can be imported", async ({
  page,
}) => {
  await enter(page, person, guildhall.url);
  const { address, tasks } = await openProject("TWO");
  await bring(page, address, first);
  await preview(page, address, other);
  const question = page.getByRole("region", { name: "Same source?" });
  await expect(question.getByText("Buy flour")).toBeVisible();
  const run = page.getByRole("button", { name: /^Import 2 tasks into TWO/ });
  await expect(run).toBeDisabled();
  expect(await barriers(page)).toEqual([]);
  await question.getByRole("button", { name: "No, add them as new tasks" }).click();
  await expect(run).toBeEnabled();
  await run.click();
  await expect(page.getByText("Import complete")).toBeVisible();
  const titles = (await tasks()).map(({ title }) => title);
  expect(titles).toEqual(["Wheel", "Sluice", "Buy flour", "Bake bread"]);
});

test("what a file doesn't say is asked before it is tried: which number is the day, what a status means", async ({
  page,
}) => {
  await enter(page, person, guildhall.url);
  const { address, tasks, projectId } = await openProject("ASK");
  const csv = "Title,Status,Due date\nWheel,Fertig,03/04/2024\nSluice,Prüfung,05/06/2024\n";
  await page.goto(address);
  const file = { name: "tasks.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator('input[type="file"]').setInputFiles(file);
  const question = page.getByRole("region", { name: "Order of days and months" });
  await expect(question.getByRole("heading", { name: "Which day is 03/04/2024?" })).toBeVisible();
  const preview = page.getByRole("button", { name: "Preview import" });
  await expect(preview).toBeDisabled();
  expect(await barriers(page)).toEqual([]);
  const answer = question.getByRole("button", { name: "April 3, 2024" });
  await answer.press("Enter");
  await expect(answer).toHaveAttribute("aria-pressed", "true");
  await expect(preview).toBeEnabled();

  const status = page.getByRole("combobox", { name: "Category of Fertig" });
  await status.press("Enter");
  await page.getByRole("option", { name: "Completed" }).press("Enter");
  await expect(status).toContainText("Completed");
  await expect(preview).not.toHaveAttribute("aria-busy");
  await preview.press("Enter");
  await page.getByRole("button", { name: "Import 2 tasks into ASK" }).press("Enter");
  await expect(page.getByText("Import complete")).toBeVisible();
  await expect(page.getByText("Dates like 03/04/2024 were read as 2024-04-03")).toBeVisible();
  const [wheel, sluice] = await tasks();
  expect(wheel).toMatchObject({ title: "Wheel", dueDate: "2024-04-03" });
  expect(sluice).toMatchObject({ dueDate: "2024-06-05", completedAt: null });
  const { statuses } = await person.api.projects.get.query({ id: projectId });
  const named = Object.fromEntries(statuses.map(({ name, category }) => [name, category]));
  expect(named).toMatchObject({ Fertig: "completed", Prüfung: "unstarted" });
  expect(wheel?.completedAt).toBeInstanceOf(Date);
});
