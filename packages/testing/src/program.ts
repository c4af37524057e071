import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";

export type Program = {
  child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** The match, once it is printed; throws when the program ends without it. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** The address of the ready line. */
  ready(): Promise<string>;
  exited: Promise<{ code: number | null; signal: string | null }>;
};

const root = path.join(import.meta.dirname, "../../..");
const FROM_SOURCE = path.join(root, "scripts/from-source.mjs");
const FAST_PASSWORDS = path.join(import.meta.dirname, "fast-passwords.ts");

/** A Guildhall of its own on a free port, from the sources or through another program's file. */
export function startProgram(
  env: Record<string, string>,
  file = "apps/server/src/main.ts",
  args: string[] = [],
): Program {
  const preloads = file.endsWith(".ts") ? [FROM_SOURCE, FAST_PASSWORDS] : [FAST_PASSWORDS];
  const options = preloads.flatMap((each) => ["--import", each]);
  const child = spawn(process.execPath, [...options, path.resolve(root, file), ...args], {
    cwd: root,
    env: {
      ...process.env,
      // The tests' own, which a server would name as a setting that it does not know.
      GUILDHALL_TEST_POSTGRES: undefined,
      ...{ PORT: "0", LOG_LEVEL: "info", NODE_ENV: "production" },
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const exited = once(child, "close").then(([code, signal]) => ({ code, signal }));
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  const said = async (pattern: RegExp) => {
    for (;;) {
      const match = pattern.exec(output);
      if (match) return match;
      if (ended) throw new Error(`It ended before it said ${pattern}: ${output}`);
      const waiting = new AbortController();
      const more = [child.stdout, child.stderr].map((stream) => once(stream, "data", waiting));
      await Promise.race([...more, exited]);
      waiting.abort();
    }
  };
  const ready = async () => (await said(/^Guildhall is ready at (http:\S+)$/m))[1] ?? "";
  return { child, output: () => output, said, ready, exited };
}

/**
 * Calls a mutation as a tool would; answers what it returned, or the reason it was refused. Over a
 * connection of its own: one that was kept may be closed by the server at the moment it is used again.
 */
export async function call(
  url: string,
  procedure: string,
  input: object,
  token?: string,
  signal: AbortSignal | null = null,
) {
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const asked = request(`${url}/trpc/${procedure}`, {
    ...{ method: "POST", headers, agent: false },
    ...(signal && { signal }),
  });
  asked.end(JSON.stringify({ json: input }));
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  const answer = JSON.parse(await text(response)) as {
    result?: { data: { json: Record<string, unknown> } };
    error?: { json: { message: string; data: { reason: string } } };
  };
  return {
    status: response.statusCode,
    data: answer.result?.data.json ?? {},
    reason: answer.error?.json.data.reason ?? null,
  };
}
