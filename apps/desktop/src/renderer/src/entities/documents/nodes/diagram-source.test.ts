import { expect, test } from "vitest";
import { plainSource } from "./diagram-source.ts";

test("what would set how diagrams are drawn is left out, the words stay", () => {
  expect(plainSource("flowchart LR\n  A --> B")).toBe("flowchart LR\n  A --> B");
  expect(plainSource('%%{init: {"securityLevel": "loose"}}%%\nflowchart LR\n  A --> B')).toBe(
    "\nflowchart LR\n  A --> B",
  );
  expect(plainSource("%%{wrap}%%\n%% a comment\nsequenceDiagram")).toBe(
    "\n%% a comment\nsequenceDiagram",
  );
  const config = '---\nconfig:\n  securityLevel: loose\ntitle: A "b" #c\n---\nmindmap\n  root';
  expect(plainSource(config)).toBe('---\ntitle: "A \\"b\\" #c"\n---\nmindmap\n  root');
});

test("nothing is left that begins a directive, however it is put together", () => {
  for (const text of [
    "%%{init: {}",
    "%%{init: {\n'securityLevel': 'loose'\n}\nflowchart LR",
    "%%%%{x}%%{init: {}}%%",
    "%%  {init: {}}%%",
    "%%{%%{x}%%init: {'securityLevel':'loose'}}%%",
    "%%%%{{init: {}}%%",
  ]) {
    expect(plainSource(text), text).not.toMatch(/%%\s*\{/);
  }
});
