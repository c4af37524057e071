/** A small run in which all went well, for the oracle's own test to doctor. */
import type { ClientEvidence, Evidence } from "./evidence.ts";
import type { Entry, Happening, KeptChange, TaskRow, Workspace } from "./journal.ts";

const START = Date.parse("2026-01-05T10:00:00Z");
/** Each change is made a second after the one before. */
export const momentOf = (seq: number) => START + seq * 1_000;

const P = "p";
const workspace = { id: "w", name: "Mill", createdAt: new Date(START) };
const document = { id: "d", workspaceId: "w", title: "Plan" };
const member = (userId: string, role: "owner" | "editor" | "viewer") => ({
  workspaceId: "w",
  userId,
  role,
  name: userId,
  email: `${userId}@example.org`,
  joinedAt: new Date(START),
});
const project = { id: P, workspaceId: "w", name: "Secret", key: "SEC", visibility: "private" };
export const task = (version: number) =>
  ({ id: "t", projectId: P, title: `version ${version}`, version }) as TaskRow;

type Loose = { [K in keyof KeptChange]?: unknown };
const changes = (
  [
    { entity: "workspace", id: "w", op: "insert", row: workspace, mutationId: "make" },
    { entity: "member", id: "ann", op: "insert", row: member("ann", "owner"), mutationId: "make" },
    { entity: "member", id: "ben", op: "insert", row: member("ben", "editor"), mutationId: "add" },
    { entity: "member", id: "cat", op: "insert", row: member("cat", "editor"), mutationId: "cat" },
    { entity: "project", id: P, op: "insert", row: project, scopeId: P, mutationId: "project" },
    {
      entity: "projectMember",
      id: "ben",
      op: "update",
      row: { projectId: P, userId: "ben", role: "editor" },
      scopeId: P,
      mutationId: "let-in",
    },
    {
      entity: "access",
      id: P,
      op: "update",
      row: { projectId: P, userId: "ben", role: "editor" },
      audienceUserId: "ben",
      mutationId: "let-in",
    },
    { entity: "task", id: "t", op: "insert", row: task(1), scopeId: P, mutationId: "create" },
    { entity: "task", id: "t", op: "update", row: task(2), scopeId: P, mutationId: "edit" },
    { entity: "projectMember", id: "ben", op: "delete", scopeId: P, mutationId: "let-out" },
    {
      entity: "access",
      id: P,
      op: "delete",
      row: { projectId: P, userId: "ben", role: null },
      audienceUserId: "ben",
      mutationId: "let-out",
    },
    { entity: "task", id: "t", op: "update", row: task(3), scopeId: P, mutationId: "last" },
    { entity: "document", id: "d", op: "insert", row: document, mutationId: "document" },
    {
      entity: "documentThread",
      id: "h",
      op: "insert",
      row: { id: "h", documentId: "d", quote: "words" },
      mutationId: "talk",
    },
    { entity: "document", id: "d", op: "delete", mutationId: "hide" },
    { entity: "document", id: "d", op: "insert", row: document, scopeId: "d", mutationId: "hide" },
    { entity: "member", id: "nia", op: "insert", row: member("nia", "viewer"), mutationId: "late" },
  ] satisfies Loose[]
).map((change, i, all): KeptChange => {
  const first = all.findIndex((c) => c.mutationId === change.mutationId);
  const at = new Date(momentOf(first + 1));
  const base = { row: null, scopeId: null, audienceUserId: null, actorId: "ann" };
  return { ...base, ...change, seq: i + 1, at } as unknown as KeptChange;
});

const LAST = changes.length;

const at = (seq: number, later: number, happening: Happening): Entry => ({
  ...happening,
  at: momentOf(seq) + later,
});
const received = (seq: number): Entry => {
  const change = changes[seq - 1];
  if (!change) throw new Error(`There is no change ${seq}.`);
  const { scopeId: _, audienceUserId: __, ...event } = change;
  return at(seq, 50, { kind: "received", event });
};
/** By who reads the feed from its beginning when all of it has happened. */
const receivedLate = (seq: number): Entry => ({ ...received(seq), at: momentOf(LAST) + 200 + seq });
const did = (seq: number, path: string, answer: object): Entry[] => {
  const mutationId = changes[seq - 1]?.mutationId ?? "";
  return [
    at(seq, -10, { kind: "sent", mutationId, path, input: {} }),
    at(seq, -5, { kind: "unclear", mutationId, why: "no answer" }),
    at(seq, 10, { kind: "acknowledged", mutationId, answer }),
  ];
};
const opened = (userId: string, seq: number): Workspace =>
  ({
    ...workspace,
    role: userId === "ann" ? "owner" : userId === "nia" ? "viewer" : "editor",
    seq,
    epoch: "e",
    members: [
      member("ann", "owner"),
      member("ben", "editor"),
      member("cat", "editor"),
      ...(seq >= LAST ? [member("nia", "viewer")] : []),
    ],
    projects: userId === "ann" || (userId === "ben" && seq < 10) ? [{ ...project, role: "x" }] : [],
  }) as unknown as Workspace;
const started = (userId: string): Entry[] => [
  at(7, 100, { kind: "read", workspace: opened(userId, 7) }),
  at(7, 110, { kind: "subscribed", seq: 7 }),
];
const board = at(7, 120, { kind: "board", projectId: P, board: { seq: 7, tasks: [] } });

export function soundEvidence(): Evidence & { clients: ClientEvidence[] } {
  const client = (name: string, entries: Entry[], boards: TaskRow[] | null): ClientEvidence => ({
    name,
    userId: name,
    entries: entries.toSorted((a, b) => a.at - b.at),
    fresh: {
      workspace: opened(name, LAST),
      boards: new Map(boards ? [[P, boards]] : []),
    },
    heldUp: [],
  });
  const ann = [
    ...started("ann"),
    board,
    ...did(8, "tasks.create", task(1)),
    ...did(10, "projects.removeMember", {}),
    ...did(12, "tasks.update", task(3)),
    ...[8, 9, 10, 11, 12, 13, 14, 15, 16, 17].map(received),
  ];
  const ben = [
    ...started("ben"),
    board,
    ...did(9, "tasks.update", task(2)),
    ...[8, 9, 11, 13, 14, 15, 17].map(received),
    at(11, 100, { kind: "read", workspace: opened("ben", 11) }),
  ];
  // Joined late, and reads all there was: of the document only that it left where all could see it.
  const nia = [
    at(LAST, 100, { kind: "read", workspace: opened("nia", LAST) }),
    at(LAST, 110, { kind: "subscribed", seq: 0 }),
    ...[1, 2, 3, 4, 15, LAST].map(receivedLate),
  ];
  return {
    changes,
    lastSeq: changes.length,
    mutationIds: new Set(changes.map((c) => c.mutationId ?? "")),
    clients: [
      client("ann", ann, [task(3)]),
      client("ben", ben, null),
      client("cat", [...started("cat"), ...[13, 14, 15, 17].map(received)], null),
      client("nia", nia, null),
    ],
    lateness: () => 0,
  };
}

export { LAST, received, receivedLate };
