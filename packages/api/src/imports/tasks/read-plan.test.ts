import { expect, test } from "vitest";
import { readPlan } from "./read-plan.ts";

const never = new AbortController().signal;

function request(text: string) {
  const bytes = new TextEncoder().encode(text);
  const read = async (start: number, end: number) => bytes.subarray(start, end);
  const file = { name: "tasks.csv", size: bytes.length, read };
  return { files: [file], format: null, mapping: null, reading: null };
}

const large = `Title,Text\n${'"Wheel","It creaks, and nobody looks."\n'.repeat(200_000)}`;

test("a file comes back as a plan, in its order", async () => {
  const rows = Array.from({ length: 250 }, (_, i) => `Task ${i}`);
  const plan = await readPlan(request(["Title", ...rows].join("\n")), never);
  expect(plan.tasks.map(({ title }) => title)).toEqual(rows);
});

test("a file that needs too much memory ends its thread, and nothing else", async () => {
  const bounds = { megabytes: 32, seconds: 60 };
  await expect(readPlan(request(large), never, bounds)).rejects.toMatchObject({
    reason: "file_needs_too_much_memory",
    message: expect.stringContaining("32 MB"),
  });
});

test("a file that takes too long is given up", async () => {
  const bounds = { megabytes: 512, seconds: 0.05 };
  await expect(readPlan(request(large), never, bounds)).rejects.toMatchObject({
    reason: "file_takes_too_long",
  });
});
