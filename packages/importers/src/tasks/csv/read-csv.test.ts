import { refusal } from "@guildhall/testing/export-files";
import { expect, test } from "vitest";
import { isLinear } from "../../../testing/is-linear.ts";
import { raggedMessage, readCsv } from "./read-csv.ts";

const cells = (text: string) => readCsv(text).rows.map((row) => row.cells);

test.each([
  ["comma", ","],
  ["semicolon", ";"],
  ["tab", "\t"],
  ["bar", "|"],
])("the delimiter is found: %s", (_name, mark) => {
  const text = `a${mark}"b, c"${mark}d\r\n1${mark}2${mark}3`;
  expect(readCsv(text).headers).toEqual(["a", "b, c", "d"]);
  expect(cells(text)).toEqual([["1", "2", "3"]]);
});

test("Excel's hint decides the delimiter", () => {
  expect(readCsv("sep=;\r\na,b;c\r\n1;2").headers).toEqual(["a,b", "c"]);
});

test("repeated headers, line breaks, doubled quotes, blanks before a quote, and CR alone", () => {
  const table = readCsv('Comment,Comment,x\n"a\r\nb", "say ""hi""",5" pipe\n\n,,\r1,2,3');
  expect(table.headers).toEqual(["Comment", "Comment", "x"]);
  expect(table.rows).toEqual([
    { cells: ["a\r\nb", 'say "hi"', '5" pipe'], row: 2, place: "row 2" },
    { cells: ["1", "2", "3"], row: 5, place: "row 5" },
  ]);
});

test("a cell may be longer than a spreadsheet allows", () => {
  const long = "x\n".repeat(50_000);
  expect(cells(`a,b\n"${long}",2`)).toEqual([[long, "2"]]);
});

test("ragged rows are told, trailing blanks are not", () => {
  const headers = ["a", "b"];
  expect(raggedMessage(headers, ["1", "2", "", " "])).toBeNull();
  expect(raggedMessage(headers, ["1"])).toContain("1 cells and the header 2");
  expect(raggedMessage(headers, ["1", "2", "three"])).toContain("“three”");
});

test("a missing quote is named by the line where its cell opened, in the middle of 4 MB", () => {
  const line = '"a title","a, text"\n';
  const before = line.repeat(100_000);
  const text = `title,body\n${before}"the title","never closed\n${line.repeat(100_000)}`;
  const error = refusal(() => readCsv(text));
  expect(error.reason).toBe("csv_quote_misplaced");
  expect(error.message).toContain("opens with a quote at line 100002, column 13");
  expect(error.message).toContain("line 100003");
});

test("a quote that nothing closes is named by where it opened", () => {
  const error = refusal(() => readCsv('title,body\na,b\nc,"d\ne,f\ng,h'));
  expect(error.reason).toBe("csv_quote_not_closed");
  expect(error.message).toContain("line 3, column 3");
});

test("200,000 rows of one column take linear time", () => {
  const read = (rows: number) => readCsv(`title\n${"task\n".repeat(rows)}`).rows;
  expect(read(200_000)).toHaveLength(200_000);
  expect(isLinear(read, 3_000)).toBe(true);
});

test("a header of a million columns is refused", () => {
  expect(refusal(() => readCsv(",a".repeat(1_000_000))).reason).toBe("csv_too_many_columns");
});

test("half a file is noticed outside quotes too, by its last row", () => {
  const error = refusal(() => readCsv("a,b,c\n1,2,3\n4,5,6\n7,8"));
  expect(error.reason).toBe("file_truncated");
  expect(error.message).toContain("row 4");
  expect(readCsv("a,b,c\n1,2,3\n4,5,6\n7,8\n").rows).toHaveLength(3);
  expect(readCsv("a,b,c\n1,2\n7,8").rows).toHaveLength(2);
});
