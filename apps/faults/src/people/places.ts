/** Who is there, and where they work: made anew for each run. */
import { randomUUID } from "node:crypto";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { signUp } from "@guildhall/testing/sign-up";
import type { TestSmtp } from "@guildhall/testing/smtp";
import { found, type ServerWithPostgres } from "../servers/server-with-postgres.ts";
import type { Person } from "./virtual-client.ts";

/**
 * Two owners, two editors, one who only sees a private project more, one who comes and goes, and one who
 * joins late, again and again, and reads the feed from its beginning each time.
 */
export const NAMES = ["ann", "bob", "eve", "ed", "vic", "rem", "nia"] as const;
export type Name = (typeof NAMES)[number];

export type Places = {
  workspaceId: string;
  /** Everybody's, the chosen ones', and one that is now this and now that. */
  open: string;
  secret: string;
  changing: string;
  statusIds: Record<string, string[]>;
};

/** Everybody has an account, made at once; by mail, where the server sends its mails to `smtp`. */
export async function registerAll(url: string, smtp?: TestSmtp): Promise<(name: Name) => Person> {
  const people = new Map<Name, Person>();
  const add = async (name: Name) => people.set(name, await register(url, name, smtp));
  // The first account is made without a mail, and so before the others.
  if (smtp) await add(NAMES[0]);
  await Promise.all(NAMES.slice(smtp ? 1 : 0).map(add));
  return (name) => found(people.get(name));
}

async function register(url: string, name: Name, smtp?: TestSmtp): Promise<Person> {
  const email = `${name}@example.org`;
  const { user, token } = await signUp(url, { email, name, password: "correct horse" }, smtp);
  return { name, userId: user.id, email, token };
}

/** A workspace with an open project, a private one, and one that will be both. */
export async function furnish(
  server: ServerWithPostgres,
  person: (name: Name) => Person,
): Promise<Places> {
  const ann = server.client(person("ann").token);
  const id = randomUUID;
  const { id: workspaceId } = await ann.workspaces.create.mutate({
    mutationId: id(),
    name: "Mill",
  });
  for (const [name, role] of [
    ["bob", "owner"],
    ["eve", "editor"],
    ["ed", "editor"],
    ["vic", "viewer"],
    ["rem", "editor"],
  ] as const) {
    const { email, token } = person(name);
    const guest = { email, api: server.client(token) };
    await joinWorkspace({ api: ann }, guest, { workspaceId, role });
  }
  const make = (name: string, key: string, visibility: "open" | "private") =>
    ann.projects.create.mutate({ mutationId: id(), workspaceId, name, key, visibility });
  const open = await make("Open", "OPEN", "open");
  const secret = await make("Secret", "SECRET", "private");
  const changing = await make("Changing", "CHANGE", "open");
  for (const [name, role] of [
    ["eve", "editor"],
    ["vic", "viewer"],
  ] as const) {
    const { userId } = person(name);
    await ann.projects.setMember.mutate({ mutationId: id(), projectId: secret.id, userId, role });
  }
  const statusIds = Object.fromEntries(
    [open, secret, changing].map((p) => [p.id, p.statuses.map((s) => s.id)]),
  );
  return { workspaceId, open: open.id, secret: secret.id, changing: changing.id, statusIds };
}
