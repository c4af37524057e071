/** The audit log as a file, over HTTP: who may have it, what the filters leave, and what a spreadsheet makes of it. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { schema } from "@guildhall/db";
import type { TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

const { auditEntries } = schema;

let server: Awaited<ReturnType<typeof startTestSockets>>;
let team: Team;
let admin: TestPerson;
beforeAll(async () => {
  server = await startTestSockets();
  team = await makeTeam(server.api);
  admin = await server.api.person("Adi");
  await server.api.services.db.execute(
    `update users set is_administrator = true where id = '${admin.user.id}'`,
  );
});
afterAll(() => server.stop());

type Answer = { error?: { json: { message: string; data: { reason: string } } } };

async function take(place: string, token: string | null, query: Record<string, string>) {
  const address = `${server.url}/files/exports/audit/${place}?${new URLSearchParams(query)}`;
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(address, { headers });
  const text = await response.text();
  const answer: Answer = response.ok ? {} : JSON.parse(text);
  return { response, text, reason: answer.error?.json.data.reason };
}

test("a workspace's owners have it, and the server's administrators the server's; to others it is not there", async () => {
  const { owner, editor, workspaceId } = team;
  const stranger = await server.api.person("Otto");
  const format = { format: "csv" };
  const told = async (place: string, token: string | null) =>
    (await take(place, token, format)).reason ?? "ok";
  expect(await told(workspaceId, owner.token)).toBe("ok");
  expect(await told(workspaceId, editor.token)).toBe("role_too_low");
  expect(await told(workspaceId, stranger.token)).toBe("not_found");
  expect(await told(workspaceId, admin.token)).toBe("not_found");
  expect(await told(randomUUID(), owner.token)).toBe("not_found");
  expect(await told(workspaceId, null)).toBe("signed_out");
  expect(await told("instance", admin.token)).toBe("ok");
  expect(await told("instance", owner.token)).toBe("administrators_only");
  const { token } = await owner.call.tokens.create({ name: "Script", scope: "write", days: 1 });
  expect(await told(workspaceId, token)).toBe("session_only");
  const put = await fetch(`${server.url}/files/exports/audit/${workspaceId}?format=csv`, {
    ...{ method: "PUT", headers: { authorization: `Bearer ${owner.token}` } },
  });
  expect(put.status).toBe(404);
});

test("the filters leave in the file what they leave on the page, and it tells of itself first", async () => {
  const { owner, viewer, workspaceId } = team;
  const userId = viewer.user.id;
  await owner.call.members.setRole({ workspaceId, userId, role: "editor" });
  await owner.call.members.setRole({ workspaceId, userId, role: "viewer" });
  const lines = async (query: Record<string, string>) => {
    const { text, response } = await take(workspaceId, owner.token, { format: "jsonl", ...query });
    expect(response.headers.get("content-type")).toBe("application/jsonl");
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  const changed = await lines({ actions: "member.roleChanged", personId: userId });
  expect(changed.map(({ after }) => after.role)).toEqual(["viewer", "editor"]);
  const all = await lines({});
  expect(all[0]).toMatchObject({
    ...{ action: "workspace.auditExported", who: owner.user.name },
    after: { format: "jsonl", filter: [] },
  });
  expect(await lines({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  const until = all.find(({ action }) => action === "member.roleChanged").at;
  expect(await lines({ until, actions: "member.roleChanged" })).toHaveLength(1);
  const { response, reason } = await take(workspaceId, owner.token, {
    ...{ format: "csv", from: "yesterday" },
  });
  expect([response.status, reason]).toEqual([400, "bad_input"]);
  expect((await take(workspaceId, owner.token, { format: "xlsx" })).reason).toBe("bad_input");
});

test("nothing that somebody called themselves is a formula in a spreadsheet", async () => {
  const { owner, workspaceId } = team;
  const names = [
    "=HYPERLINK(1)",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    'He said "no", twice',
  ];
  for (const name of names) {
    await server.api.services.db.insert(auditEntries).values({
      ...{ id: randomUUID(), action: "member.joined", credential: "session", workspaceId },
      ...{ actorId: randomUUID(), actorName: name, subjectName: name, userAgent: name },
    });
  }
  const { text, response } = await take(workspaceId, owner.token, { format: "csv" });
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; .*audit .*\.csv/);
  const cells = text
    .split(/\r\n/)
    .flatMap((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []);
  expect(cells.length).toBeGreaterThan(names.length * 10);
  for (const cell of cells) expect(cell).not.toMatch(/^"?[=+\-@\t]/);
  expect(text).toContain('"He said ""no"", twice"');
});

test("a hundred thousand entries come one by one: what is not read is not read from the database either", async () => {
  const { db } = server.api.services;
  const { owner, workspaceId } = await makeTeam(server.api);
  const many = 100_000;
  await db.execute(`insert into audit_entries (id, at, action, workspace_id, actor_name, credential, user_agent)
    select gen_random_uuid(), now() - n * interval '1 second', 'member.joined', '${workspaceId}',
      'Person ' || n, 'session', repeat('x', 200) from generate_series(1, ${many}) n`);
  const pages = vi.spyOn(db, "select");
  const asked = request(`${server.url}/files/exports/audit/${workspaceId}?format=jsonl`, {
    headers: { authorization: `Bearer ${owner.token}` },
  });
  asked.end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  // Nobody reads yet: what fits on the line is sent, and then no more is asked of the database.
  let seen = -1;
  await expect
    .poll(
      () => {
        const before = seen;
        seen = pages.mock.calls.length;
        return seen === before;
      },
      { interval: 500, timeout: 60_000 },
    )
    .toBe(true);
  const all = many / 200;
  expect(seen).toBeLessThan(all / 2);
  let lines = 0;
  for await (const piece of response) for (const byte of piece) if (byte === 10) lines++;
  expect(lines).toBeGreaterThan(many);
  expect(pages.mock.calls.length).toBeGreaterThanOrEqual(all);
}, 300_000);
