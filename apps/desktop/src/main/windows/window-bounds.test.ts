import { expect, test } from "vitest";
import { boundsBeside, boundsToOpen } from "./window-bounds.ts";

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const second = { x: 1440, y: 0, width: 2560, height: 1440 };
const on = (x: number, y: number, width = 1000, height = 700) => ({
  ...{ x, y, width, height },
  maximized: false,
});

test.each([
  ["as it was", on(100, 100), [laptop], on(100, 100)],
  ["on the second screen", on(1600, 200), [laptop, second], on(1600, 200)],
  [
    "of a screen that is gone: somewhere else, as large",
    on(1600, 200),
    [laptop],
    { width: 1000, height: 700, maximized: false },
  ],
  ["larger than its screen", on(0, 25, 2560, 1440), [laptop], on(0, 25, 1440, 875)],
  ["half outside", on(900, 600), [laptop], on(440, 200)],
  ["never smaller than what can be used", on(10, 30, 200, 200), [laptop], on(10, 30, 380, 480)],
])("a window is opened %s", (_, stored, areas, opened) => {
  expect(boundsToOpen(stored, areas)).toEqual(opened);
});

test("a window of somebody who never had one, and one beside another", () => {
  expect(boundsToOpen(null, [laptop])).toEqual({ width: 1280, height: 820, maximized: false });
  expect(boundsBeside(on(100, 100), [laptop])).toEqual(on(128, 128));
  expect(boundsBeside(on(440, 200), [laptop])).toEqual(on(440, 200));
});
