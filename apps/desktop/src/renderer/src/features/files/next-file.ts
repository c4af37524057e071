/** Where an arrow leads from a file, in a list or in rows of tiles; null when nowhere. */
export function nextFile(list: Element, from: Element, key: string): HTMLElement | null {
  const all = [...list.querySelectorAll<HTMLElement>("[data-file-id]")];
  const at = all.indexOf(from as HTMLElement);
  const top = (of: Element | undefined) => Math.round(of?.getBoundingClientRect().top ?? 0);
  const first = top(all[0]);
  const columns = Math.max(1, all.filter((each) => top(each) === first).length);
  const to: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: all.length - 1,
  };
  return all[to[key] ?? -1] ?? null;
}
