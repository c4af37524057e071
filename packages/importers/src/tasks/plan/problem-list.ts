import { cleanText } from "../text/clean-text.ts";
import type { ImportProblem } from "./plan.ts";

/** A report nobody can read to its end helps nobody, and a million rows must not fill the memory. */
const MOST_KEPT = 10_000;

export type ProblemList = {
  note: (place: string, field: string | null, message: string) => void;
  skip: (place: string, message: string) => void;
  all: () => ImportProblem[];
};

export function createProblemList(): ProblemList {
  const kept: ImportProblem[] = [];
  let dropped = 0;
  const add = ({ place, field, message, severity }: ImportProblem) => {
    if (kept.length >= MOST_KEPT) {
      dropped += 1;
      return;
    }
    // The report is stored too, and quotes pieces of the file.
    kept.push({
      place: cleanText(place).text,
      field: field === null ? null : cleanText(field).text,
      message: cleanText(message).text,
      severity,
    });
  };
  return {
    note: (place, field, message) => add({ place, field, message, severity: "note" }),
    skip: (place, message) => add({ place, field: null, message, severity: "skipped" }),
    all: () => {
      if (dropped === 0) return kept;
      const message = `${dropped.toLocaleString("en")} more notes were left out of this report.`;
      return [...kept, { place: "file", field: null, message, severity: "note" }];
    },
  };
}
