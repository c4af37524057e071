import { expect, it } from "vitest";
import { keyProblem, suggestKey } from "./suggest-key.ts";

it("takes the beginnings of several words, and the beginning of one", () => {
  expect(suggestKey("Desktop app", [])).toBe("DA");
  expect(suggestKey("Server", [])).toBe("SER");
  expect(suggestKey("the quick brown fox jumps over", [])).toBe("TQBF");
});

it("always suggests what the server takes", () => {
  for (const name of ["Ä", "2026 plans", "Über uns", "x", "a b", "Zürich–Bern", "C++"]) {
    expect(keyProblem(suggestKey(name, []))).toBeNull();
  }
});

it("suggests nothing for a name without a letter of the alphabet", () => {
  expect(suggestKey("", [])).toBe("");
  expect(suggestKey("日本語 42", [])).toBe("");
});

it("leaves keys that are taken", () => {
  expect(suggestKey("Server", ["SER", "SER2"])).toBe("SER3");
});
