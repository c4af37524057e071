import { expect, test } from "vitest";
import { createUndoStack } from "./undo.ts";

function setUp() {
  const stack = createUndoStack();
  const said: string[] = [];
  const step = (label: string) =>
    stack.push({
      label,
      undo: () => said.push(`undo ${label}`),
      redo: () => said.push(`redo ${label}`),
    });
  return { stack, said, step };
}

test("what was done last is taken back first, and done again last", () => {
  const { stack, said, step } = setUp();
  step("a");
  step("b");
  stack.undo();
  stack.undo();
  stack.redo();
  stack.redo();
  expect(said).toEqual(["undo b", "undo a", "redo a", "redo b"]);
  expect(stack.redo()).toBeNull();
});

test("a toast takes back its own step, once; something new leaves nothing to redo", () => {
  const { stack, said, step } = setUp();
  const first = step("a");
  step("b");
  stack.undo(first);
  expect(stack.undo(first)).toBeNull();
  step("c");
  expect(stack.redo()).toBeNull();
  expect(said).toEqual(["undo a"]);
});

test("many made together are one step, back in reverse", () => {
  const { stack, said, step } = setUp();
  const both = stack.together("both", () => {
    step("a");
    step("b");
  });
  expect(stack.undo()).toBe(both);
  stack.redo();
  expect(said).toEqual(["undo b", "undo a", "redo a", "redo b"]);
  expect(stack.together("nothing", () => {})).toBeNull();
});
