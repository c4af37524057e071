import { defaultRangeExtractor, type Range } from "@tanstack/react-virtual";
import { useCallback, useRef } from "react";
import { headerOf, type Row } from "./list-rows.ts";

/** Keeps the header of the topmost line drawn, and says which one it is. */
export function useStickyRange(rows: readonly Row[]) {
  const sticky = useRef<number | null>(null);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const header = headerOf(rows, range.startIndex);
      sticky.current = header;
      const indexes = defaultRangeExtractor(range);
      return header === null || indexes.includes(header) ? indexes : [header, ...indexes];
    },
    [rows],
  );
  return { rangeExtractor, sticky };
}
