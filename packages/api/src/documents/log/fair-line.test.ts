import { expect, test } from "vitest";
import { FairLine } from "./fair-line.ts";

/** A line whose clock moves by what each work is said to take, and what was done, in order. */
function lineOf() {
  let time = 0;
  const done: string[] = [];
  const line = new FairLine({ now: () => time });
  const add = (person: string, takes: number, name = person) =>
    line.add(person, async () => {
      time += takes;
      done.push(name);
    });
  return { done, add, passes: (ms: number) => (time += ms), now: () => time };
}

test("who brings one thing waits for the work under way, and not for the fifty of another", async () => {
  const { done, add } = lineOf();
  const hostile = Array.from({ length: 50 }, () => add("mallory", 150));
  await add("ann", 1);
  expect(done).toEqual(["mallory", "ann"]);
  await Promise.all(hostile);
});

test("each gets the same time, however long each of their works takes", async () => {
  const { done, add } = lineOf();
  const all = [
    ...Array.from({ length: 20 }, () => add("mallory", 100)),
    ...Array.from({ length: 200 }, () => add("ann", 10)),
    ...Array.from({ length: 200 }, () => add("ben", 10)),
  ];
  await Promise.all(all);
  // At every moment while all of them wait, nobody is ahead by more than the longest work.
  const spent = { mallory: 0, ann: 0, ben: 0 };
  for (const name of done.slice(0, 200)) {
    spent[name as keyof typeof spent] += name === "mallory" ? 100 : 10;
    expect(Math.abs(spent.ann - spent.ben)).toBeLessThanOrEqual(10);
    expect(spent.mallory - Math.min(spent.ann, spent.ben)).toBeLessThanOrEqual(100);
  }
});

test("who goes on and on is behind each of many who bring one thing now and then", async () => {
  const { done, add, now } = lineOf();
  const hostile = Array.from({ length: 50 }, () => add("mallory", 150));
  const waited: number[] = [];
  for (let i = 0; i < 40; i++) {
    const began = now();
    await add(`person ${i % 10}`, 5);
    waited.push(now() - began);
  }
  // Their own, and at most the one that was under way.
  expect(Math.max(...waited)).toBeLessThanOrEqual(155);
  expect(done.filter((name) => name === "mallory").length).toBeLessThan(41);
  await Promise.all(hostile);
});

test("who was away has saved up nothing, and who had much is not punished once the line was empty", async () => {
  const { done, add, passes } = lineOf();
  await add("mallory", 10_000);
  passes(60_000);
  await add("ann", 1);
  // Both begin where the line stands; of one clock, who came first is first.
  const both = [add("mallory", 5, "m1"), add("ann", 5, "a1"), add("mallory", 5, "m2")];
  await Promise.all(both);
  expect(done.slice(2).sort()).toEqual(["a1", "m1", "m2"]);
  await expect(Promise.all([add("ann", 1), failing()])).rejects.toThrow("broken");
  await add("ann", 1, "after");
  expect(done.at(-1)).toBe("after");

  function failing() {
    const line = new FairLine();
    return line.add("ann", () => Promise.reject(new Error("broken")));
  }
});
