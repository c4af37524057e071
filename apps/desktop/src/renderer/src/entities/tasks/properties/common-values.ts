/** The value that all of them have; null where they differ. */
export function sameValue<T, V>(items: readonly T[], of: (item: T) => V): V | null {
  const [first] = items;
  return first !== undefined && items.every((item) => of(item) === of(first)) ? of(first) : null;
}

/** Of several lists the ids that all of them have. */
export function common(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...rest] = lists;
  return first.filter((id) => rest.every((list) => list.includes(id)));
}

/** What a change of the common ids makes of one task's own list: the others it has stay. */
export function withChange(own: readonly string[], before: readonly string[], after: string[]) {
  const removed = before.filter((id) => !after.includes(id));
  const added = after.filter((id) => !before.includes(id) && !own.includes(id));
  return [...own.filter((id) => !removed.includes(id)), ...added];
}

/** Whether one of a task's ids is wanted; of a task without any, whether that is. */
export const anyOf = (wanted: readonly string[], ids: readonly string[], none: string) =>
  ids.length === 0 ? wanted.includes(none) : ids.some((id) => wanted.includes(id));
