import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idAfter } from "./id-after.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("what is done later sorts behind, also when the clock is set back an hour", () => {
  const ids: string[] = [];
  const add = () => ids.push(idAfter(ids.at(-1)));
  vi.setSystemTime("2026-11-30T12:00:00Z");
  for (let n = 0; n < 100; n++) add();
  vi.setSystemTime("2026-11-30T11:00:00Z");
  for (let n = 0; n < 100; n++) add();
  vi.setSystemTime("2026-11-30T13:00:00Z");
  add();
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(201);
});
