import { expect, test } from "vitest";
import { readCsv, separatorOf } from "./csv.ts";

const rows = (text: string) => readCsv(text, 100).rows;

test("quotes keep separators, lines and quotes", () => {
  expect(rows('name,note\r\n"Ann, of the Mill","says ""yes""\nand no"\r\n')).toEqual([
    ["name", "note"],
    ["Ann, of the Mill", 'says "yes"\nand no'],
  ]);
});

test("empty cells stay, empty lines go, a quote within a word is a quote", () => {
  expect(rows('a,,c\n\n,\nx"y,z')).toEqual([
    ["a", "", "c"],
    ["", ""],
    ['x"y', "z"],
  ]);
});

test("the separator is found", () => {
  expect(separatorOf('"a,b,c";d;e\n1,2,3')).toBe(";");
  expect(separatorOf("a\tb\n")).toBe("\t");
  expect(separatorOf("one column\n")).toBe(",");
});

test("a long one ends at the bound and says so", () => {
  expect(readCsv("1\n2\n3\n", 2)).toEqual({ rows: [["1"], ["2"]], isWhole: false });
  expect(readCsv("1\n2\n", 2).isWhole).toBe(true);
});
