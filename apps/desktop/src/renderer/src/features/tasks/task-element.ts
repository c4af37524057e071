/** What takes the focus for a task: its card on a board, its row in a list, if it is drawn. */
export function taskElement(taskId: string): HTMLElement | null {
  const id = CSS.escape(taskId);
  return document.querySelector<HTMLElement>(
    `[data-task-id="${id}"] [role="button"], [role="row"][data-task-id="${id}"], [data-task="${id}"]`,
  );
}
