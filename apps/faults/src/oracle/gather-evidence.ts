/** Asks the database, and each person, how things stand at the end. */
import { type Change, createClient } from "@guildhall/api/client";
import { connect } from "@guildhall/db";
import * as schema from "@guildhall/db/schema";
import type { FreshRead } from "../people/client-state.ts";
import type { Name } from "../people/places.ts";
import { type Person, readBoard, type VirtualClient } from "../people/virtual-client.ts";
import {
  found,
  readFeed,
  type ServerWithPostgres,
  untilAnswered,
} from "../servers/server-with-postgres.ts";
import type { Evidence } from "./evidence.ts";
import type { KeptChange, TaskRow } from "./journal.ts";

export async function gatherEvidence(
  server: ServerWithPostgres,
  workspaceId: string,
  clients: VirtualClient[],
  person: (name: Name) => Person,
): Promise<Omit<Evidence, "lateness">> {
  const { db, close } = connect(server.postgres.url, { pool: 1 });
  try {
    const kept = await db.select().from(schema.changes).orderBy(schema.changes.seq);
    const mutations = await db.select({ id: schema.mutations.id }).from(schema.mutations);
    const [workspace] = await db.select().from(schema.workspaces);
    const rows = new Map(
      (await readFeed(server.client(person("ann").token), workspaceId)).map((c) => [c.seq, c]),
    );
    const changes = kept.flatMap((change): KeptChange[] => {
      const { seq, scopeId, audienceUserId } = change;
      const read = rows.get(seq) ?? whatIsAnothers(change);
      return read ? [{ ...read, scopeId, audienceUserId }] : [];
    });
    return {
      changes,
      lastSeq: found(workspace).changeSeq,
      mutationIds: new Set(mutations.map(({ id }) => id)),
      clients: await Promise.all(
        clients.map(async (c) =>
          c.evidence(await readAfresh(server.url, person(c.name as Name).token, workspaceId)),
        ),
      ),
    };
  } finally {
    await close();
  }
}

/** What others are told is not in the owner's feed; of who may see it the row says nothing. */
function whatIsAnothers(change: typeof schema.changes.$inferSelect): Change | null {
  const { workspaceId: _, entity, entityId: id, ...rest } = change;
  if (entity !== "notification" && entity !== "follow") return null;
  return { ...rest, entity, id, row: null };
}

/** Null for who is no member. */
async function readAfresh(
  url: string,
  token: string,
  workspaceId: string,
): Promise<FreshRead | null> {
  const client = createClient({ url, token });
  const workspaces = await untilAnswered(
    () => client.workspaces.list.query(),
    () => false,
  );
  if (!workspaces.some(({ id }) => id === workspaceId)) return null;
  const workspace = await client.workspaces.open.query({ workspaceId });
  const boards = new Map<string, TaskRow[]>();
  for (const { id } of workspace.projects) boards.set(id, (await readBoard(client, id)).tasks);
  await client.close();
  return { workspace, boards };
}
