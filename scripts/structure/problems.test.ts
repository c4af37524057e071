import { expect, test } from "vitest";
import {
  allowing,
  circleProblems,
  forbiddenProblems,
  layerProblems,
  sizeProblems,
  wordProblems,
} from "./problems.ts";
import { rules as ours, type Rules } from "./rules.ts";
import { readSource, type Source } from "./sources.ts";

const rules: Rules = {
  ...ours,
  layers: {
    in: "page",
    order: ["app", "features", "entities", "lib"],
    apart: ["features"],
    outside: ["env.d.ts"],
  },
  circles: [
    { in: "page", folders: "every" },
    { in: "api", folders: "first" },
  ],
  exceptions: [],
  forbidden: [{ from: /^api\/core\//, not: /^api\/(?!core\/)/, why: "core imports no feature" }],
  folder: { most: 2, free: /^migrations/, exceptions: {} },
  file: { most: 10, exceptions: {} },
  leftWords: [{ in: "page", theirs: /^trail_/, words: { trail: "breadcrumbs" } }],
};

const source = (file: string, ...targets: string[]): Source => ({
  file,
  lines: 1,
  imports: targets.map((target, at) => ({ target, line: at + 1 })),
  names: [],
});
const nothingAllowed = () => allowing([]);
const wheres = (problems: { where: string }[]) => problems.map(({ where }) => where);

test("an import goes down, and never from one feature to another", () => {
  const sources = [
    source("page/app/main.tsx", "page/features/tasks/screen.tsx", "react"),
    source(
      "page/features/tasks/screen.tsx",
      "page/entities/task.ts",
      "page/features/tasks/row.tsx",
    ),
    source("page/features/board/board.tsx", "page/lib/dates.ts", "page/features/tasks/row.tsx"),
    source("page/entities/task.ts", "page/app/main.tsx"),
    source("page/stray.ts"),
    source("page/env.d.ts"),
  ];
  const found = layerProblems(sources, rules, nothingAllowed());
  expect(wheres(found)).toEqual([
    "page/stray.ts",
    "page/features/board/board.tsx:2",
    "page/entities/task.ts:1",
  ]);
  expect(found[2]?.what).toBe("imports page/app/main.tsx");
});

test("an exception lets one import be, and is told when nothing needs it", () => {
  const sources = [source("page/entities/task.ts", "page/app/main.tsx")];
  const why = "it moves down soon";
  const needed = allowing([{ from: "page/entities", to: "page/app", why }]);
  expect(layerProblems(sources, rules, needed)).toEqual([]);
  expect(needed.unused()).toEqual([]);
  const idle = allowing([{ from: "page/lib", to: "page/app", why }]);
  expect(layerProblems(sources, rules, idle)).toHaveLength(1);
  expect(idle.unused()).toHaveLength(1);
});

test("a circle between folders is told once, by its shortest way and the imports on it", () => {
  const sources = [
    source("page/ui/a.ts", "page/ui/text/b.ts"),
    source("page/ui/text/b.ts", "page/ui/icons/c.ts"),
    source("page/ui/icons/c.ts", "page/ui/a.ts", "page/ui/text/b.ts"),
    source("page/ui/testing-rows.ts", "page/ui/text/b.ts"),
    source("page/ui/text/b.test.ts", "page/ui/testing-rows.ts"),
  ];
  const exceptions = allowing([
    { from: "page/ui/icons", to: "page/ui/text", why: "closes it" },
    { from: "page/sync", to: "page/lib", why: "closes none" },
  ]);
  const withLib = [...sources, source("page/sync/z.ts", "page/lib/a.ts")];
  expect(wheres(circleProblems(withLib, rules, exceptions))).toEqual([
    "ui > ui/text > ui/icons > ui",
  ]);
  expect(wheres(exceptions.unused())).toEqual(["page/sync"]);

  const [found, ...more] = circleProblems(sources, rules, nothingAllowed());
  expect(more).toEqual([]);
  expect(found?.where).toBe("ui/text > ui/icons > ui/text");
  expect(found?.what).toContain("page/ui/icons/c.ts:2 imports page/ui/text/b.ts");
  expect(found?.what).toContain("page/ui/text/b.ts:1 imports page/ui/icons/c.ts");
});

test("features of the api are asked as a whole", () => {
  const sources = [
    source("api/tasks/log/a.ts", "api/tasks/b.ts", "api/files/c.ts"),
    source("api/tasks/b.ts", "api/tasks/log/a.ts"),
    source("api/files/c.test.ts", "api/tasks/b.ts"),
    source("api/router.ts", "api/tasks/b.ts"),
  ];
  expect(circleProblems(sources, rules, nothingAllowed())).toEqual([]);
  const closed = [...sources, source("api/files/c.ts", "api/tasks/b.ts")];
  expect(wheres(circleProblems(closed, rules, nothingAllowed()))).toEqual([
    "tasks > files > tasks",
  ]);
});

test("what is forbidden is told with its reason", () => {
  const sources = [source("api/core/write.ts", "api/core/feed.ts", "api/tasks/b.ts")];
  expect(forbiddenProblems(sources, rules)).toEqual([
    {
      rule: "core imports no feature",
      where: "api/core/write.ts:2",
      what: "imports api/tasks/b.ts",
    },
  ]);
});

test("a folder and a file can be too large, and an exception only lets them get smaller", () => {
  const files = ["x/a.ts", "x/b.ts", "x/c.png", "migrations/1", "migrations/2", "migrations/3"];
  const sources = [{ ...source("x/a.ts"), lines: 12 }];
  expect(sizeProblems(files, sources, rules).map(({ where, what }) => [where, what])).toEqual([
    ["x", "has 3 files"],
    ["x/a.ts", "has 12 lines"],
  ]);
  const allowed = (most: number) => ({
    ...rules,
    folder: { ...rules.folder, exceptions: { x: most } },
    file: { ...rules.file, exceptions: { "x/a.ts": 12 } },
  });
  expect(sizeProblems(files, sources, allowed(3))).toEqual([]);
  expect(wheres(sizeProblems(files.slice(1), sources, allowed(3)))).toEqual(["x"]);
});

test("a left word is found in names of files and of what they declare, as a whole word", () => {
  const text = `
    import { trailOf as given } from "./x.ts";
    type ProjectTrail = { trailing: boolean };
    const { trail: renamed, ...rest } = given, [{ TRAIL_LENGTH = 1, trail_id }] = rest;
    export function show(onTrail: () => void) { return <p title="trail">a trail{theirs.trail}</p>; }
  `;
  const resolve = (_: string, specifier: string) => specifier;
  const sources = [readSource("page/ui/project-trail.tsx", text, resolve)];
  const found = wordProblems(sources, rules).map(({ where, what }) => `${where} ${what}`);
  expect(found).toEqual([
    'page/ui/project-trail.tsx "project-trail": say breadcrumbs instead of trail',
    'page/ui/project-trail.tsx:3 "ProjectTrail": say breadcrumbs instead of trail',
    'page/ui/project-trail.tsx:4 "trail": say breadcrumbs instead of trail',
    'page/ui/project-trail.tsx:4 "TRAIL_LENGTH": say breadcrumbs instead of trail',
    'page/ui/project-trail.tsx:5 "onTrail": say breadcrumbs instead of trail',
  ]);
});

test("imports are read wherever they stand, each as the file that it means", () => {
  const text = `
    import "./page.css?inline";
    export * from "@/lib/dates.ts";
    import type { Task } from "@guildhall/api/client";
    const later = () => import("./later.ts");
    // import "./comment.ts";
    const words = 'import "./text.ts"';
  `;
  const { imports } = readSource("page/app/main.tsx", text, (from, to) => `${from} ${to}`);
  expect(
    imports.map(({ target, line }) => [target.slice("page/app/main.tsx ".length), line]),
  ).toEqual([
    ["./page.css?inline", 2],
    ["@/lib/dates.ts", 3],
    ["@guildhall/api/client", 4],
    ["./later.ts", 5],
  ]);
});
