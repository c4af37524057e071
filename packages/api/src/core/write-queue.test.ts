import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WriteQueue } from "./write-queue.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Writes that end when they are told to, and in which order they began. */
function writer(queue: WriteQueue) {
  const began: string[] = [];
  const write = (name: string, workspaceId: string | undefined) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const ended = queue.run(workspaceId, () => {
      began.push(name);
      return promise;
    });
    const end = () => {
      resolve();
      return ended;
    };
    return { end };
  };
  return { began, write };
}

test("as many of a workspace as may run at a time, the first come first", async () => {
  const { began, write } = writer(new WriteQueue(2));
  const writes = ["a", "b", "c", "d"].map((name) => write(name, "workshop"));
  expect(began).toEqual(["a", "b"]);
  await writes[1]?.end();
  expect(began).toEqual(["a", "b", "c"]);
  await writes[0]?.end();
  expect(began).toEqual(["a", "b", "c", "d"]);
});

test("another workspace, and what is of none that is known, waits for nobody", () => {
  const { began, write } = writer(new WriteQueue(2));
  for (const name of ["a", "b", "c"]) write(name, "workshop");
  write("elsewhere", "mill");
  write("unknown", undefined);
  expect(began).toEqual(["a", "b", "elsewhere", "unknown"]);
});

test("nobody waits for ever behind slow ones", async () => {
  const { began, write } = writer(new WriteQueue(2));
  for (const name of ["slow", "slower", "third"]) write(name, "workshop");
  expect(began).toEqual(["slow", "slower"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(began).toEqual(["slow", "slower", "third"]);
});

test("one that fails makes room as well", async () => {
  const queue = new WriteQueue(2);
  const failing = [1, 2].map(() => queue.run("w", () => Promise.reject(new Error("no"))));
  const third = queue.run("w", async () => "done");
  expect(await Promise.allSettled(failing)).toMatchObject([
    { status: "rejected" },
    { status: "rejected" },
  ]);
  expect(await third).toBe("done");
});

test("an input is of the workspace of the first thing it names that is known", () => {
  const queue = new WriteQueue();
  queue.note("task-1", "workshop");
  queue.note("status-1", "workshop");
  expect(queue.workspaceOf({ mutationId: "m", id: "task-1" })).toBe("workshop");
  expect(queue.workspaceOf({ ids: ["task-1", "task-2"] })).toBe("workshop");
  expect(queue.workspaceOf({ id: "new", title: "status" })).toBeUndefined();
  expect(queue.workspaceOf(undefined)).toBeUndefined();
});
