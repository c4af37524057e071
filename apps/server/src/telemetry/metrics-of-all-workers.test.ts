import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";

type Up = { port: number; pid: number; number: number };

test("any worker tells of all, and of those that are left when one hangs or is gone", async () => {
  const crew = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "../../testing/metrics-crew.ts")],
    {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // One group, so that the one that is stopped ends with the others whatever happens.
      detached: true,
    },
  );
  const workers: Up[] = [];
  while (workers.length < 3) workers.push((await once(crew, "message"))[0]);
  workers.sort((a, b) => a.number - b.number);
  const [first, second, third] = workers as [Up, Up, Up];
  const ask = async ({ port }: Up) => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const value = (name: string) => new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1];
    return [value("guildhall_workers"), value("guildhall_http_turned_away_total")];
  };
  try {
    expect(await ask(first)).toEqual(["3", "6"]);
    expect(await ask(third)).toEqual(["3", "6"]);
    process.kill(first.pid, "SIGSTOP");
    expect(await ask(second)).toEqual(["2", "5"]);
    process.kill(first.pid, "SIGKILL");
    await expect.poll(() => ask(second)).toEqual(["2", "5"]);
  } finally {
    const ended = once(crew, "exit");
    if (crew.pid) process.kill(-crew.pid, "SIGKILL");
    await ended;
  }
});
