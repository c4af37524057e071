/** How much is unread, in each workspace of each account that was open here. */
export function countUnread() {
  const counts = new Map<string, Map<string, number>>();
  const watchers = new Set<(total: number) => void>();
  const total = () =>
    [...counts.values()].reduce((sum, of) => sum + [...of.values()].reduce((a, b) => a + b, 0), 0);
  const tell = () => {
    for (const watcher of watchers) watcher(total());
  };
  return {
    total,
    set(profileId: string, workspaceId: string, count: number) {
      const of = counts.get(profileId) ?? new Map<string, number>();
      counts.set(profileId, of.set(workspaceId, count));
      tell();
    },
    /** Somebody signed out, or the account was removed. */
    clear(profileId: string) {
      counts.delete(profileId);
      tell();
    },
    watch(watcher: (total: number) => void) {
      watchers.add(watcher);
      watcher(total());
    },
  };
}
export type Unread = ReturnType<typeof countUnread>;
