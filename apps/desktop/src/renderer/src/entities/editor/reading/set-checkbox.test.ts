import { expect, test } from "vitest";
import { setCheckbox } from "./set-checkbox.ts";

test("a checkbox is ticked on its own line, whatever brackets stand elsewhere", () => {
  const text = "```\n- [ ] code\n```\n- [ ] see [ ] there\n  - [x] b";
  expect(setCheckbox(text, 4, true)).toBe("```\n- [ ] code\n```\n- [x] see [ ] there\n  - [x] b");
  expect(setCheckbox(text, 5, false)).toBe("```\n- [ ] code\n```\n- [ ] see [ ] there\n  - [ ] b");
  expect(setCheckbox(text, 99, true)).toBe(text);
});
