/** Tasks' part of the access matrix. */
import { type Expectation, onProject, onWorkspace, task, tasks } from "./expectation.ts";

export const accessToTasks: Record<string, Expectation> = {
  "tasks.create": onProject("editor", (w) => ({ projectId: w.projectId, title: "New" })),
  "tasks.list": onProject("viewer", (w) => ({ projectId: w.projectId })),
  "tasks.get": onProject("viewer", task),
  "tasks.getByKey": onProject("viewer", async (w) => ({
    workspaceId: w.workspaceId,
    key: await w.taskKey(),
  })),
  "tasks.mine": onWorkspace("guest"),
  "tasks.update": onProject("editor", async (w) => ({ id: await w.task(), patch: { title: "T" } })),
  "tasks.updateMany": onProject("editor", async (w) => ({
    ids: [await w.task()],
    patch: { priority: "high" },
  })),
  "tasks.move": onProject("editor", async (w) => ({ id: await w.task(), statusId: w.statusId })),
  "tasks.archive": onProject("editor", task),
  "tasks.archiveMany": onProject("editor", tasks),
  "tasks.restore": onProject("editor", async (w) => ({ id: await w.deletedTask() })),
  "tasks.restoreMany": onProject("editor", async (w) => ({ ids: [await w.deletedTask()] })),
  "tasks.delete": onProject("editor", task),
  "tasks.deleteMany": onProject("editor", tasks),
  "tasks.undo": onProject("editor", async (w) => ({ ids: [await w.deletedTask()], of: w.never() })),

  "checklists.list": onProject("viewer", async (w) => ({ taskId: await w.task() })),
  "checklists.create": onProject("editor", async (w) => ({ taskId: await w.task(), title: "L" })),
  "checklists.rename": onProject("editor", async (w) => ({
    id: (await w.checklist()).checklistId,
    title: "T",
  })),
  "checklists.move": onProject("editor", async (w) => ({ id: (await w.checklist()).checklistId })),
  "checklists.delete": onProject("editor", async (w) => ({
    id: (await w.checklist()).checklistId,
  })),
  "checklists.undo": onProject("editor", async (w) => ({
    id: (await w.checklist()).checklistId,
    of: w.never(),
  })),
  "checklists.addItems": onProject("editor", async (w) => ({
    checklistId: (await w.checklist()).checklistId,
    items: [{ text: "An item" }],
  })),
  "checklists.updateItem": onProject("editor", async (w) => ({
    id: (await w.checklist()).itemId,
    patch: { isDone: true },
  })),
  "checklists.moveItem": onProject("editor", async (w) => ({ id: (await w.checklist()).itemId })),
  "checklists.deleteItem": onProject("editor", async (w) => ({
    id: (await w.checklist()).itemId,
  })),
  "checklists.undoItems": onProject("editor", async (w) => ({
    ids: [(await w.checklist()).itemId],
    of: w.never(),
  })),
};
