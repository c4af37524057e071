import { expect, test } from "vitest";
import { acceleratorOf, acceleratorWords } from "./accelerator.ts";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test.each([
  [
    "linux",
    { key: " ", code: "Space", ctrlKey: true, shiftKey: true },
    "CommandOrControl+Shift+Space",
  ],
  ["mac", { key: "n", code: "KeyN", metaKey: true, ctrlKey: true }, "CommandOrControl+Control+N"],
  ["windows", { key: "j", code: "KeyJ", metaKey: true }, "Super+J"],
  ["mac", { key: "˜", code: "KeyN", altKey: true }, "Alt+N"],
  ["linux", { key: "т", code: "KeyN", ctrlKey: true, altKey: true }, "CommandOrControl+Alt+N"],
  ["linux", { key: "!", code: "Digit1", altKey: true, shiftKey: true }, "Alt+Shift+1"],
  ["linux", { key: "ArrowUp", code: "ArrowUp", altKey: true }, "Alt+Up"],
  ["linux", { key: "F9", code: "F9" }, "F9"],
  ["linux", { key: "n", code: "KeyN" }, null],
  ["linux", { key: "Control", code: "ControlLeft", ctrlKey: true }, null],
] as const)("keys on %s: %j are %s", (os, event, accelerator) => {
  expect(acceleratorOf({ ...none, ...event }, os)).toBe(accelerator);
});

test("keys are named as on the keyboard", () => {
  expect(acceleratorWords("CommandOrControl+Shift+Space", "mac")).toBe("⌘ ⇧ Space");
  expect(acceleratorWords("CommandOrControl+Shift+Space", "linux")).toBe("Ctrl+Shift+Space");
  expect(acceleratorWords("Super+J", "windows")).toBe("Win+J");
});
