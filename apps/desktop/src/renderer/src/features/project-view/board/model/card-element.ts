/** The button of a card, if it is drawn. */
export const cardElement = (taskId: string) =>
  document.querySelector<HTMLElement>(`[data-task-id="${CSS.escape(taskId)}"] [role="button"]`);

export const taskIdAt = (target: EventTarget | null): string | null =>
  target instanceof Element
    ? (target.closest<HTMLElement>("[data-task-id]")?.dataset.taskId ?? null)
    : null;
