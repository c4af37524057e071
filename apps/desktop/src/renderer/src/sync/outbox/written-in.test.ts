import { expect, test } from "vitest";
import { writtenIn } from "./written-in.ts";

test("what was written is found wherever it stands, and ids and dates are not", () => {
  expect(writtenIn({ id: "0190", taskId: "0191", body: "Let us ask" })).toBe("Let us ask");
  const patch = { title: "Opening hours", description: "In **winter**", dueDate: "2026-12-01" };
  expect(writtenIn({ id: "0190", patch })).toBe("Opening hours\n\nIn **winter**");
  expect(writtenIn({ items: [{ title: "a" }, { title: "b" }] })).toBe("a\n\nb");
  expect(writtenIn({ id: "0190", beforeId: null, at: new Date() })).toBe("");
});
