/** A task in a workspace of two, and its texts as people see them. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import type { Browser, Locator, Page } from "@playwright/test";
import type { Guildhall, Person } from "../guildhall.ts";
import { openAs } from "../people.ts";

export async function makeMill(guildhall: Guildhall, description = "") {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const { id: projectId } = await ann.api.projects.create.mutate({
    ...{ workspaceId, name: "Wheel", key: "WHEEL" },
  });
  const task = await ann.api.tasks.create.mutate({
    projectId,
    title: "Mend the race",
    description,
  });
  const other = await ann.api.tasks.create.mutate({ projectId, title: "Grease the axle" });
  const descriptionNow = async () => (await ann.api.tasks.get.query({ id: task.id })).description;
  const said = async () => {
    const comments = await ann.api.comments.list.query({ taskId: task.id });
    return comments.map(({ body }) => body);
  };
  const address = `${guildhall.url}/w/${workspaceId}/task/WHEEL-1`;
  return { ann, ben, workspaceId, projectId, task, other, descriptionNow, said, address };
}

export async function open(browser: Browser, person: Person, address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, address);
  return page;
}

export const articles = (page: Page) => page.getByRole("article");
/** What is read, not what is written. */
export const shown = (page: Page) => page.locator(".markdown:not([contenteditable])").first();

export const paste = (field: Locator, text: string) =>
  field.evaluate((into, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    into.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, text);
