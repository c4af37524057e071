/** What takes the focus for a task where all are drawn, as in My work. */
export const taskElement = (taskId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(taskId)}"]`);
