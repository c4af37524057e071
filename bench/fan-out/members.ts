import type { Services } from "@guildhall/api/server";
import { schema } from "@guildhall/db";
import { uuidv7 } from "uuidv7";

/** A workspace with so many members, each signed in; nobody needs a password. */
export async function seedMembers({ db, sessions }: Services, count: number) {
  const workspaceId = uuidv7();
  await db.insert(schema.workspaces).values({ id: workspaceId, name: "Bench" });
  const people = Array.from({ length: count }, (_, i) => {
    const id = uuidv7();
    return { id, email: `${id}@example.org`, name: `Member ${i}`, passwordHash: "none" };
  });
  await db.insert(schema.users).values(people);
  const bothRoles = { role: "editor", personalRole: "editor" } as const;
  await db
    .insert(schema.members)
    .values(people.map(({ id }) => ({ workspaceId, userId: id, ...bothRoles })));
  const tokens: string[] = [];
  for (const { id } of people) {
    tokens.push((await sessions.open(id, { address: "127.0.0.1", userAgent: "bench" })).secret);
  }
  return { workspaceId, tokens };
}
