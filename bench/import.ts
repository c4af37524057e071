/**
 * How long imports take, from the upload to the end that pages are told, on Postgres as a server
 * runs it (durable, in a data folder of its own). `npm run bench -- import`
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import {
  appRouter,
  type Context,
  createFolderStore,
  createServices,
  PROTOCOL_VERSION,
} from "@guildhall/api/server";
import { uploadForImport } from "@guildhall/api/testing/upload-for-import";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";

const REAL = path.resolve(import.meta.dirname, "../../shared/data/tasks");
const quiet = { info() {}, warn: console.warn, error: console.error };

type Case = { name: string; files: File[] };

/** As GitHub's REST API gives them: `count` issues with a comment each, 2 KB of text together. */
function madeIssues(count: number): Case {
  const paragraph = "The mill stops when the wheel is wet and nobody looks at the sluice. ".repeat(
    15,
  );
  const at = (n: number) => new Date(Date.UTC(2020, 0, 1) + n * 3_600_000).toISOString();
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const issues = numbers.map((number) => ({
    url: `https://api.github.com/repos/mill/wheel/issues/${number}`,
    html_url: `https://github.com/mill/wheel/issues/${number}`,
    number,
    title: `The wheel turns the wrong way in weather ${number}`,
    body: `${number}: ${paragraph}`,
    user: { login: `miller${number % 50}` },
    labels: [{ name: `area ${number % 40}`, color: "b91c1c" }],
    assignees: number % 5 === 0 ? [{ login: `miller${number % 7}` }] : [],
    state: number % 3 === 0 ? "open" : "closed",
    created_at: at(number),
    updated_at: at(number + 5),
    closed_at: number % 3 === 0 ? null : at(number + 5),
  }));
  const comments = issues.map(({ url, number, created_at }) => ({
    id: number,
    issue_url: url,
    user: { login: `miller${number % 50}` },
    body: `Seen too. ${paragraph}`,
    created_at,
  }));
  const file = (name: string, value: unknown) => new File([JSON.stringify(value)], name);
  const files = [file("issues.json", issues), file("comments.json", comments)];
  return { name: `${count.toLocaleString("en")} issues, a comment each`, files };
}

const realCase = (name: string, ...files: string[]): Case => ({
  name,
  files: files.map((file) => new File([readFileSync(path.join(REAL, file))], path.basename(file))),
});

function cases(): Case[] {
  const made = [madeIssues(1_000), madeIssues(5_000), madeIssues(10_000)];
  if (!existsSync(REAL)) return made;
  const github = "github-issues-rest-rust";
  const trello = "trello-board-gocd-test-drive";
  return [
    realCase("GitHub, rust (real)", `${github}/issues.json`, `${github}/issue_comments.json`),
    realCase("Jira, Alloy (real)", "jira-csv-large-aloy/ALOY-derived-jira-export.csv"),
    realCase("Trello, GoCD (real)", `${trello}/trello.json`, `${trello}/comments.json`),
    ...made,
  ];
}

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
await migrate(postgres.url);
const services = await createServices({
  databaseUrl: postgres.url,
  pool: 10,
  files: createFolderStore("/nowhere"),
  config: {
    jwtSecret: "a secret for measurements, 32 bytes",
    jwtAlgorithm: "HS256",
    changesKeepDays: 90,
    publicUrl: "http://guildhall.test",
    secureCookies: false,
    sendsMail: false,
    mailAfterMinutes: 5,
    notificationsKept: { days: 365, doneDays: 30 },
    sendMail: async () => {},
    log: quiet,
  },
});

function contextOf(token: string | null): Context {
  const credentials = { token, cookie: null };
  return {
    services,
    credentials,
    client: { address: "127.0.0.1", userAgent: "bench" },
    setCookie: null,
    socket: null,
    protocolVersion: PROTOCOL_VERSION,
    findActor: () => services.authenticate(credentials),
  };
}
const callAs = (token: string | null) => appRouter.createCaller(contextOf(token));

const account = { email: "bench@example.com", name: "Bench", password: "correct horse" };
const { token } = await callAs(null).auth.register(account);
const call = callAs(token);
const workspace = await call.workspaces.create({ name: "Bench" });

/** Uploads, starts, and hears of the end as a page does. */
async function importOnce(projectId: string, files: File[]) {
  const heard = Promise.withResolvers<void>();
  let changes = 0;
  const stop = await services.feed.listen(workspace.id, (batch) => {
    changes += batch.length;
    const ends = batch.some(({ event: c }) => c.entity === "import" && c.row?.finishedAt);
    if (ends) heard.resolve();
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const began = performance.now();
  const fileIds = await Promise.all(
    files.map((file) => uploadForImport(contextOf(token), workspace.id, file)),
  );
  const { id } = await call.imports.start({ projectId, fileIds });
  await heard.promise;
  const seconds = (performance.now() - began) / 1_000;
  delay.disable();
  stop();
  const row = await call.imports.get({ id });
  if (row.kind !== "tasks" || !row.report) throw new Error(row.error?.message ?? "no report");
  return { seconds, changes, stall: delay.max / 1e6, report: row.report };
}

try {
  const rows = [];
  for (const [i, { name, files }] of [madeIssues(50), ...cases()].entries()) {
    const project = { workspaceId: workspace.id, name, key: `B${i}` };
    const { id } = await call.projects.create(project);
    const first = await importOnce(id, files);
    const again = await importOnce(id, files);
    if (i === 0) continue; // Starts the queue and warms up.
    rows.push({
      import: name,
      MB: (files.reduce((sum, file) => sum + file.size, 0) / 1024 / 1024).toFixed(1),
      tasks: first.report.created,
      comments: first.report.comments,
      seconds: first.seconds.toFixed(1),
      "tasks/s": Math.round(first.report.created / first.seconds),
      "longest stall, ms": Math.round(first.stall),
      changes: first.changes,
      "again, s": again.seconds.toFixed(1),
      "changed again": again.report.created + again.report.updated + again.report.comments,
    });
  }
  console.table(rows);
} finally {
  await services.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
