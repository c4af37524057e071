/**
 * What a client holds at the end: what it read first, with what the feed brought laid over it, as
 * the pages do. Put together from its journal, so that the oracle can look at it afterwards.
 */
import type { Change } from "@guildhall/api/client";
import { type Entry, isChange, type TaskRow, type Workspace } from "../oracle/journal.ts";

/** What the same person reads afresh has the same form, so that both can be compared. */
export type ClientState = {
  workspace: Omit<Workspace, "members" | "projects" | "groups" | "seq" | "epoch">;
  members: Map<string, Workspace["members"][number]>;
  projects: Map<string, Workspace["projects"][number]>;
  boards: Map<string, Map<string, TaskRow>>;
};

export type FreshRead = { workspace: Workspace; boards: Map<string, TaskRow[]> };

/** Null for who read nothing. */
export function stateOf(entries: readonly Entry[]): ClientState | null {
  const read = entries.findLast((entry) => entry.kind === "read");
  if (!read) return null;
  const changes = entries.flatMap((e) =>
    e.kind === "received" && isChange(e.event) ? [e.event] : [],
  );
  const state = fromWorkspace(read.workspace);
  for (const change of changes) if (change.seq > read.workspace.seq) layWorkspace(state, change);
  for (const projectId of state.projects.keys()) {
    const board = entries.findLast((e) => e.kind === "board" && e.projectId === projectId);
    if (board?.kind !== "board" || !board.board) continue;
    const { seq, tasks } = board.board;
    const rows = new Map(tasks.map((task) => [task.id, task]));
    for (const change of changes) if (change.seq > seq) layTask(rows, projectId, change);
    state.boards.set(projectId, rows);
  }
  return state;
}

export function stateFrom({ workspace, boards }: FreshRead): ClientState {
  const state = fromWorkspace(workspace);
  for (const [projectId, tasks] of boards) {
    state.boards.set(projectId, new Map(tasks.map((task) => [task.id, task])));
  }
  return state;
}

function fromWorkspace(read: Workspace): ClientState {
  const { members, projects, groups: _, seq: __, epoch: ___, ...workspace } = read;
  return {
    workspace,
    members: new Map(members.map((member) => [member.userId, member])),
    projects: new Map(projects.map((project) => [project.id, project])),
    boards: new Map(),
  };
}

function layWorkspace(state: ClientState, change: Change): void {
  if (change.entity === "workspace" && change.row) {
    state.workspace = { ...state.workspace, ...change.row };
  } else if (change.entity === "member") {
    if (change.row) state.members.set(change.id, change.row);
    else state.members.delete(change.id);
  } else if (change.entity === "project" && change.row) {
    const known = state.projects.get(change.id);
    const byWorkspace = state.workspace.role === "guest" ? "viewer" : state.workspace.role;
    const { statuses = [], labels = [], role = byWorkspace } = known ?? {};
    state.projects.set(change.id, { statuses, labels, ...change.row, role });
  } else if (change.entity === "access" && change.row && !change.row.role) {
    // Somebody else's, for an owner to see: it says nothing about what the owner holds.
    if (state.workspace.role !== "owner") state.projects.delete(change.id);
  }
}

function layTask(rows: Map<string, TaskRow>, projectId: string, change: Change): void {
  if (change.entity !== "task") return;
  if (!change.row) rows.delete(change.id);
  else if (change.row.projectId === projectId) {
    const { description: _, ...row } = change.row;
    rows.set(change.id, row);
  }
}
