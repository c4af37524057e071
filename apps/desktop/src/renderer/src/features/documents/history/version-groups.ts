import type { DocumentVersion } from "@/entities/documents/sync/document.ts";

/** Versions of one day by the same people, newest first, shown as one line until it is opened. */
export type VersionGroup = { id: string; versions: DocumentVersion[] };
export type VersionDay = { day: string; groups: VersionGroup[] };

/** One with a name stands alone. `dayOf` gives the viewer's day of a moment. */
export function versionDays(
  versions: readonly DocumentVersion[],
  dayOf: (at: Date) => string,
): VersionDay[] {
  const days: VersionDay[] = [];
  for (const version of versions) {
    const day = dayOf(version.createdAt);
    let last = days.at(-1);
    if (last?.day !== day) {
      last = { day, groups: [] };
      days.push(last);
    }
    const group = last.groups.at(-1);
    if (group && belongs(version, group)) group.versions.push(version);
    else last.groups.push({ id: version.id, versions: [version] });
  }
  return days;
}

function belongs(version: DocumentVersion, { versions: [first] }: VersionGroup): boolean {
  if (!first || first.name !== null || version.name !== null) return false;
  return first.authorIds.toSorted().join() === version.authorIds.toSorted().join();
}
