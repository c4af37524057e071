import { expect, it } from "vitest";
import { avatarHue, initials } from "./avatar-colors.ts";
import { paletteColor } from "./palette.ts";

it("gives a person the same hue always, and neighbours different ones", () => {
  const ids = Array.from({ length: 60 }, (_, index) => `0192f0a1-0000-7000-8000-${index}`);
  expect(avatarHue("a")).toBe(avatarHue("a"));
  expect(new Set(ids.map(avatarHue)).size).toBeGreaterThan(8);
});

it.each([
  ["Ada Lovelace", 2, "AL"],
  ["ada@example.org", 2, "A"],
  ["Jean-Luc Picard", 2, "JP"],
  ["李雷", 2, "李"],
  ["👩‍🚀", 1, "👩"],
  ["", 2, "?"],
] as const)("takes the initials of %s", (name, most, expected) => {
  expect(initials(name, most)).toBe(expected);
});

it("lets no stored text into a style but a colour", () => {
  expect(paletteColor("teal")).toBe("var(--palette-teal)");
  expect(paletteColor("#ff8800")).toBe("#ff8800");
  expect(paletteColor("red;background:url(//x)")).toBe("var(--palette-grey)");
  expect(paletteColor(null)).toBe("var(--palette-grey)");
});
