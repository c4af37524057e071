import type { Services } from "@guildhall/api/server";
import { schema } from "@guildhall/db";
import { uuidv7 } from "uuidv7";
import { seedMembers } from "../fan-out/members.ts";

/** A document, and so many who may write in it. */
export async function seedDocument(services: Services, editors: number) {
  const { workspaceId, tokens } = await seedMembers(services, editors);
  return { workspaceId, tokens, documentId: await addDocument(services, workspaceId) };
}

export async function addDocument({ db }: Services, workspaceId: string) {
  const documentId = uuidv7();
  await db
    .insert(schema.documents)
    .values({ id: documentId, workspaceId, kind: "document", title: "Bench", rank: "a0" });
  return documentId;
}
