/**
 * One comment that mentions everyone in a workspace of 500, all of whom are there: how soon it is
 * committed, how soon people are told, and how late somebody else's change is meanwhile:
 * `npm run bench -- notifications/everyone`
 *
 * The server, its Postgres, the subscribers and the writers share this machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient, type GuildhallClient } from "@guildhall/api/client";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { startCrowd } from "../fan-out/crowd.ts";
import { seedMembers } from "../fan-out/members.ts";
import { machine, share, startMeasured } from "../measured-program.ts";
import { tell } from "../verdicts.ts";
import { withServices } from "../with-services.ts";

const MEMBERS = Number(process.env.MEMBERS ?? 500);
/** So many of them look at their clock. */
const SAMPLED = 20;
const ROUNDS = Number(process.env.ROUNDS ?? 10);

type Heard = { entity: string; title: string | null; at: number };

/** What somebody hears, with when. */
function listen(client: GuildhallClient, workspaceId: string) {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const ready = new Promise<void>((resolve, reject) => {
    client.changes.onChange.subscribe(
      { workspaceId },
      {
        onData({ data: event }) {
          if (event.op === "live") return resolve();
          const row = "row" in event ? event.row : null;
          const title = row && "title" in row ? row.title : null;
          heard.push({ entity: event.entity, title, at: performance.now() });
          for (const look of waiting) look();
        },
        onError: reject,
      },
    );
  });
  /** When it came. */
  const until = (is: (one: Heard) => boolean) =>
    new Promise<number>((resolve) => {
      const look = () => {
        const found = heard.find(is);
        if (!found) return;
        waiting.delete(look);
        resolve(found.at);
      };
      waiting.add(look);
      look();
    });
  const forget = () => heard.splice(0);
  return { ready, until, forget };
}

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
console.log(`A comment that mentions everyone of ${MEMBERS}, ${ROUNDS} times.`);
console.log(machine());
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
await migrate(postgres.url);
const { workspaceId, tokens } = await withServices(postgres.url, (s) => seedMembers(s, MEMBERS));
const server = await startMeasured("apps/server/src/main.ts", {
  DATABASE_URL: postgres.url,
  GUILDHALL_DATA: folder,
});
const crowd = startCrowd();
const { url } = server;
const clients = tokens.slice(0, SAMPLED + 1).map((token) => createClient({ url, token }));
const [author, ...others] = clients;
const [second] = others;
if (!author || !second) throw new Error("There are two of them.");
try {
  const project = { workspaceId, name: "Bench", key: "BEN" };
  const { id: projectId } = await author.projects.create.mutate(project);
  const { id: taskId } = await author.tasks.create.mutate({ projectId, title: "Everybody's" });
  const { id: otherId } = await second.tasks.create.mutate({ projectId, title: "Another" });
  await crowd.open({
    kind: "guildhall",
    count: MEMBERS - clients.length,
    url: url.replace(/^http/, "ws"),
    tokens: tokens.slice(clients.length),
    workspaceId,
  });
  const listeners = others.map((client) => listen(client, workspaceId));
  await Promise.all(listeners.map(({ ready }) => ready));
  const committed: number[] = [];
  const toldAfter: number[] = [];
  const lateness: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const title = `Changed ${round}`;
    for (const { forget } of listeners) forget();
    const began = performance.now();
    const body = "[@everyone](guildhall:everyone) look";
    const said = author.comments.create
      .mutate({ taskId, body })
      .then(() => committed.push(performance.now() - began));
    const changed = second.tasks.update.mutate({ id: otherId, patch: { title } });
    await Promise.all(
      listeners.flatMap(({ until }) => [
        until(({ entity }) => entity === "notification").then((at) => toldAfter.push(at - began)),
        until((one) => one.entity === "task" && one.title === title).then((at) =>
          lateness.push(at - began),
        ),
      ]),
    );
    await Promise.all([said, changed]);
  }
  console.table(
    [
      ["the comment is committed", committed],
      ["people are told", toldAfter],
      ["somebody else's change, made meanwhile", lateness],
    ].map(([what, ms]) => ({
      what,
      "p50, ms": share(ms as number[], 0.5).toFixed(0),
      "most, ms": Math.max(...(ms as number[])).toFixed(0),
    })),
  );
  tell(`told of a mention of ${MEMBERS}, most`, Math.max(...toldAfter), { most: 500 }, " ms");
  tell(`another's change meanwhile, most`, Math.max(...lateness), { most: 500 }, " ms");
} finally {
  await Promise.all(clients.map((client) => client.close()));
  await crowd.stop();
  await server.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
