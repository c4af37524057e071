import { useMemo } from "react";
import type { ContentProps } from "./content-props.ts";
import { readCsv } from "./csv.ts";
import { useText } from "./read-text.ts";
import { TextFrame } from "./text-frame.tsx";

const MOST_ROWS = 1_000;
const MOST_COLUMNS = 60;

export function CsvContent({ file, address }: ContentProps) {
  const { data } = useText(address);
  const table = useMemo(() => readCsv(data?.text ?? "", MOST_ROWS), [data]);
  const { rows, isWhole } = table;
  const width = Math.min(MOST_COLUMNS, Math.max(0, ...rows.map((row) => row.length)));
  const [head = [], ...body] = rows;
  const columns = Array.from({ length: width }, (_, column) => column);
  return (
    <TextFrame
      {...{ file, address }}
      note={isWhole ? undefined : `Showing the first ${MOST_ROWS} rows.`}
    >
      {() => (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label="Table"
          data-uses-arrows
          className="min-h-0 flex-1 overflow-auto"
        >
          <table className="file-table">
            <thead>
              <tr>
                <td aria-hidden="true" />
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {head[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {body.map((row, index) => (
                <tr key={index}>
                  <td aria-hidden="true">{index + 2}</td>
                  {columns.map((column) => (
                    <td key={column}>{row[column]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </TextFrame>
  );
}
