import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { loadDocument, NOWHERE, type Role, scopeOf } from "../core/access.ts";
import { asMissing, notFound } from "../core/errors.ts";

const { documentThreads } = schema;

type How = { need?: Role; lock?: boolean };

/**
 * A thread in a document in which this person has at least `need`, with their role and who may see
 * it; locked until the commit when asked, so that nobody else changes what is said in it meanwhile.
 */
export async function loadThread(
  q: Queryable,
  userId: string,
  id: string,
  { need = "viewer", lock = false }: How = {},
) {
  const found = q.select().from(documentThreads).where(eq(documentThreads.id, id));
  const [thread] = await (lock ? found.for("update") : found);
  const asked = loadDocument(q, userId, thread?.documentId ?? NOWHERE, need);
  const document = await asked.catch(asMissing("thread"));
  if (!thread) throw notFound("thread");
  const { role, workspaceId } = document;
  return { ...thread, role, workspaceId, scopeId: scopeOf(document) };
}

export type LoadedThread = Awaited<ReturnType<typeof loadThread>>;
