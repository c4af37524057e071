/**
 * How each action reads: to who is told the thing's name, to an administrator from whom it is hidden, and of
 * what somebody did to their own account. The table is for people to look at; a new action stands in it by
 * `vitest -u`, and is read before it is committed.
 */
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditActionName, auditActionNames, auditActions } from "./actions.ts";
import type { AuditAction } from "./audit-action.ts";
import { readAudit, type ShownEntry } from "./read-audit.ts";

const { auditEntries } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const ada = { id: uuidv7(), name: "Ada" };
const workspaceId = uuidv7();
/** What each kind of thing may be called. */
const names: Record<AuditAction["subject"], string> = {
  account: "Ben",
  document: "Plans",
  export: "Website",
  file: "plan.pdf",
  group: "Designers",
  import: "tasks.csv",
  instance: "Guildhall",
  invitation: "ben@example.org",
  project: "Website",
  provider: "Corp",
  task: "WEB-7 Buy coal",
  token: "Script",
  workspace: "Mill",
};

/** Where it is another name than of its kind. */
const otherNames: Partial<Record<AuditActionName, string>> = {
  "account.addressUndone": "ben@example.org",
  "invitation.linkCreated": "Clients",
};

type Told = { name: string | null; isOwn?: boolean };

/** As it comes out of a real log: of a workspace for its owners, or of the server. */
async function tell(action: AuditActionName, { name, isOwn = false }: Told) {
  const { scope, by } = auditActions[action] as AuditAction;
  const id = uuidv7();
  const inWorkspace = scope === "workspace";
  await api.services.db.insert(auditEntries).values({
    ...{ id, action, credential: by ? "system" : "session" },
    ...(!by && { actorId: ada.id, actorName: ada.name }),
    ...{ subjectId: isOwn ? ada.id : uuidv7(), subjectName: name },
    ...(inWorkspace && { workspaceId }),
  });
  const read = async (of: string | null) => {
    const page = await readAudit(api.services.db, { workspaceId: of }, { limit: 1 });
    return page.entries[0] as ShownEntry;
  };
  const shown = { owner: await read(inWorkspace ? workspaceId : null), server: await read(null) };
  expect(shown.owner.id).toBe(id);
  return shown;
}

const line = ({ who, sentence }: ShownEntry) => `${who} ${sentence}`;

test("every action reads well, with a name and without", async () => {
  const rows: string[][] = [];
  for (const action of auditActionNames) {
    const { subject, own }: AuditAction = auditActions[action];
    const named = await tell(action, { name: otherNames[action] ?? names[subject] });
    const nameless = await tell(action, { name: null });
    const self = own ? await tell(action, { name: ada.name, isOwn: true }) : null;
    const hidden = line(named.server) === line(named.owner) ? "" : line(named.server);
    rows.push([
      action,
      line(named.owner),
      hidden,
      line(nameless.owner),
      self ? line(self.owner) : "",
    ]);
    for (const cell of rows.at(-1) ?? []) expect(cell, action).not.toMatch(/[{}]|null|undefined/);
  }
  expect(new Set(rows.map(([, sentence]) => sentence)).size).toBe(rows.length);
  const head = ["action", "as its owner reads it", "to the server's administrator, if otherwise"];
  const all = [
    [...head, "without a name", "of oneself"],
    ["---", "---", "---", "---", "---"],
    ...rows,
  ];
  const table = all.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const about = "<!-- Written by sentences.test.ts: what each entry of the audit log says. -->";
  await expect(`${about}\n\n${table}\n`).toMatchFileSnapshot("sentences.md");
});

test("an entry of a newer version is told by the name of its action", async () => {
  const id = uuidv7();
  const entry = { id, action: "moon.painted", credential: "system" } as const;
  await api.services.db.insert(auditEntries).values(entry);
  const { entries } = await readAudit(api.services.db, { workspaceId: null }, { limit: 1 });
  expect(entries[0] && line(entries[0])).toBe("Someone moon.painted");
  expect(await api.services.db.$count(auditEntries, eq(auditEntries.id, id))).toBe(1);
});
