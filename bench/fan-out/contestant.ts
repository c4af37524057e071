/** One server, in a process of its own, with a crowd of subscribers in another. */
import { type MeasuredProgram, startMeasured } from "../measured-program.ts";
import { type Crowd, type Kind, startCrowd } from "./crowd.ts";

const files: Record<Kind, string> = {
  ws: "ws-server.ts",
  "socket.io": "socket-io-server.ts",
  "plain tRPC": "plain-trpc-server.ts",
  guildhall: "guildhall-server.ts",
};

export const kinds = Object.keys(files) as Kind[];

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export type Contestant = {
  kind: Kind;
  program: MeasuredProgram;
  crowd: Crowd;
  ask(what: string): Promise<unknown>;
  /** Resolves when so many more are subscribed. */
  join(count: number): Promise<void>;
  /** Subscribers in one more process; the caller stops it. */
  joinElsewhere(count: number): Promise<Crowd>;
  /** Sends changes at a steady rate; resolves with how late they were, once all have arrived. */
  send(
    changes: number,
    perSecond: number,
    options: { to: number; extra?: number },
  ): Promise<number[]>;
  stop(): Promise<void>;
};

export async function startContestant(
  kind: Kind,
  env: Record<string, string>,
): Promise<Contestant> {
  const file = `bench/fan-out/${files[kind]}`;
  const program = await startMeasured(file, env, ["--expose-gc"]);
  const crowd = startCrowd();
  const ask = async (what: string) => (await fetch(`${program.url}/bench/${what}`)).json();
  const about = (await ask("about")) as { tokens?: string[]; workspaceId?: string };
  const { tokens = [], workspaceId = "" } = about;
  // Through Redis, another program writes: the measured one hears of it and tells its subscribers.
  const writer = env.REDIS_URL
    ? await startMeasured(file, { ...env, WORKSPACE_ID: workspaceId })
    : program;
  return {
    kind,
    program,
    crowd,
    ask,
    join: async (count) => {
      await crowd.open({ kind, url: program.url, count, tokens, workspaceId });
    },
    joinElsewhere: async (count) => {
      const other = startCrowd();
      await ask("about");
      await other.open({ kind, url: program.url, count, tokens, workspaceId });
      return other;
    },
    async send(changes, perSecond, { to, extra = 0 }) {
      await crowd.report();
      const startedAt = performance.now();
      for (let i = 0; i < changes; i++) {
        // Not awaited: a busy server must not slow down those who write. One that is lost is missed below.
        fetch(`${writer.url}/bench/send?extra=${extra}`).catch(() => {});
        await pause(Math.max(0, startedAt + ((i + 1) * 1_000) / perSecond - performance.now()));
      }
      return arrived(crowd, changes * to);
    },
    async stop() {
      await crowd.stop();
      if (writer !== program) await writer.stop();
      await program.stop();
    },
  };
}

async function arrived(crowd: Crowd, wanted: number) {
  let delivered = 0;
  const late: number[] = [];
  for (let left = 1_500; left > 0; left--) {
    const report = await crowd.report();
    delivered += report.delivered;
    for (const each of report.late) late.push(each);
    if (delivered >= wanted) break;
    await pause(20);
  }
  if (delivered !== wanted) throw new Error(`${delivered} of ${wanted} changes arrived.`);
  return late;
}
