import { expect, test } from "vitest";
import type { DocumentVersion } from "@/entities/documents/sync/document.ts";
import { versionDays } from "./version-groups.ts";

const version = (id: string, time: string, authorIds: string[], name: string | null = null) =>
  ({ id, name, authorIds, createdAt: new Date(`2026-01-${time}:00Z`) }) as DocumentVersion;

test("versions of a day by the same people are one line; one with a name stands alone", () => {
  const days = versionDays(
    [
      version("7", "06T09:00", ["ann"]),
      version("6", "05T18:00", ["ann", "ben"]),
      version("5", "05T17:00", ["ben", "ann"]),
      version("4", "05T16:00", ["ben"]),
      version("3", "05T15:00", ["ben"], "Sent"),
      version("2", "05T14:00", ["ben"]),
      version("1", "05T13:00", ["ben"]),
    ],
    (at) => at.toISOString().slice(0, 10),
  );
  expect(days.map(({ day }) => day)).toEqual(["2026-01-06", "2026-01-05"]);
  const ids = days.map(({ groups }) => groups.map((g) => g.versions.map((v) => v.id).join()));
  expect(ids).toEqual([["7"], ["6,5", "4", "3", "2,1"]]);
});
