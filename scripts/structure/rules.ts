/**
 * How the code is laid out, as `npm run check` holds it. An exception says why it is one, and goes as
 * soon as nothing needs it: the check tells.
 */
export type Exception = { from: string; to: string; why: string };

const page = "apps/desktop/src/renderer/src";

export const rules = {
  /** What an import may begin with instead of a path. */
  aliases: { "@/": `${page}/` },

  layers: {
    in: page,
    /** From the top: each imports its own and what stands after it. */
    order: ["app", "features", "entities", "sync", "ui", "platform", "lib"],
    /** Of these layers the parts stand side by side: none imports another. */
    apart: ["features"],
    /** Of no layer. */
    outside: ["env.d.ts"],
  },

  /** No circle between the folders of each of these: every folder, or those of the first level. */
  circles: [
    { in: page, folders: "every" },
    { in: "packages/api/src", folders: "first" },
  ] as { in: string; folders: "every" | "first" }[],

  /** Imports that go up, or close a circle, all the same. */
  exceptions: [] as Exception[],

  /**
   * `not`: what is imported, as a path of this repository or a package's name. Tests are free: they may
   * need a server to prove what a package does alone.
   */
  forbidden: [
    {
      from: /^packages\/(db|document-model)\/src\//,
      not: /^@guildhall\//,
      why: "The schema, and what a text may hold, are the bottom of the house: they import nothing of ours",
    },
    {
      from: /^packages\/importers\/src\//,
      not: /^@guildhall\/(?!document-model\b|db\/lists$)/,
      why: "An importer is bytes in, a plan and problems out: it knows what a text may hold and the lists that all have in common, and no server",
    },
    {
      from: /^packages\/api\/src\//,
      not: /^@guildhall\/(server|faults|desktop)\b/,
      why: "The api serves apps and knows none of them",
    },
    {
      from: /^packages\/api\/src\/core\//,
      not: /^packages\/api\/src\/(?!core\/)/,
      why: "core imports no feature: features stand on core, never the other way",
    },
    {
      from: /^apps\/server\/src\//,
      not: /^@guildhall\/(document-model|importers)\b/,
      why: "The server wires the api and the database together: rules about texts and imports are the api's",
    },
    {
      from: /^apps\/desktop\/src\//,
      not: /^@guildhall\/(db|server|api\/server)\b/,
      why: "Nothing of the server reaches the renderer: import @guildhall/api/client",
    },
    {
      from: /^apps\/desktop\/src\//,
      not: /^@guildhall\/importers\/(?!decode-text$)/,
      why: "Files of other systems are read by the server; of the importers the page has how text is decoded",
    },
    {
      from: /^(packages\/(db|document-model|importers|api)|apps\/(server|desktop))\/src\//,
      not: /^@guildhall\/testing\b|\/testing\//,
      why: "src is what ships: only tests import what tests are made with",
    },
  ],

  /** Files that stand directly in a folder. */
  folder: {
    most: 25,
    free: /^packages\/db\/migrations/,
    exceptions: {} as Record<string, number>,
  },

  file: {
    most: 350,
    exceptions: {
      "packages/api/testing/search-contract.ts": 360,
    } as Record<string, number>,
  },

  /** No name and no file is called that any more: the word, and what the field says. */
  leftWords: [
    {
      in: page,
      /** Names that a library gives, of edits that wait in outboxes since then, and of the audit log's filter. */
      theirs: /^(actionProps|actions|act)$/,
      words: {
        must: "invariant",
        room: "sync client",
        rooms: "sync client",
        addresses: "paths",
        pointed: "deep-link target",
        spoken: "announcement",
        glide: "FLIP animation",
        trail: "breadcrumbs",
        shapes: "types",
        sitting: "edit session",
        sittings: "edit sessions",
        bin: "trash",
        act: "mutation (of data) or command (what a person can choose)",
        acts: "mutations (of data) or commands (what a person can choose)",
        action: "mutation (of data) or command (what a person can choose)",
        actions: "mutations (of data) or commands (what a person can choose)",
        verb: "mutation (of data) or command (what a person can choose)",
        verbs: "mutations (of data) or commands (what a person can choose)",
        laid: "applied optimistically",
        kept: "stored",
        told: "what is said, to whom",
        speaks: "expected user",
        hall: "presence channel",
        seat: "subscription",
        doubt: "invalidate",
      } as Record<string, string>,
    },
    {
      in: "packages/api/src",
      /** In the rows of documents since the first version: pages and their caches read them. */
      theirs: /^(areaId|areas)$/,
      words: {
        area: "access scope",
        areas: "access scopes",
        bin: "trash",
        doorbell: "notify",
        heal: "backfill",
        patience: "gap timeout",
        hall: "presence channel",
        seat: "subscription",
        doubt: "invalidate",
        anew: "again, as in reindex",
        sight: "visibility",
      } as Record<string, string>,
    },
  ],
};

export type Rules = typeof rules;
