import { ImportFileError } from "../plan/import-file-error.ts";
import { placeOf } from "../text/text-place.ts";
import { type JsonFault, scanJson } from "./scan-json.ts";

/** Real exports nest about 8 levels; 64 leaves room and keeps JSON.parse far from its stack. */
const MAX_DEPTH = 64;

/** One value, or for several top-level arrays in a row (pages of one list) all their elements. */
export function readJson(text: string): unknown {
  const { ends, fault } = scanJson(text, MAX_DEPTH);
  if (fault !== null) throw faultError(text, fault);
  if (ends.length === 1) return JSON.parse(text);
  const values = ends.map((end, index): unknown =>
    JSON.parse(text.slice(ends[index - 1] ?? 0, end)),
  );
  // Objects in a row are one JSON document per line; arrays in a row are pages.
  return values.flat();
}

function faultError(text: string, fault: JsonFault): ImportFileError {
  const place = placeOf(text, fault.offset);
  switch (fault.kind) {
    case "deep":
      return new ImportFileError(
        "json_too_deep",
        `The JSON is nested more than ${MAX_DEPTH} levels deep (${place}), so it wasn't read.`,
      );
    case "ended":
      return new ImportFileError(
        "file_truncated",
        `The JSON stops at ${place}, where ${fault.expected} was expected: the end of the file is missing. Export or upload it again.`,
      );
    case "foreign":
      return new ImportFileError(
        "json_invalid",
        `The JSON is broken at ${place}: expected ${fault.expected}, found ${shown(text, fault.offset)}. Export the file again without editing it.`,
      );
  }
}

function shown(text: string, offset: number): string {
  const found = text.slice(offset, offset + 12);
  return JSON.stringify(found);
}
