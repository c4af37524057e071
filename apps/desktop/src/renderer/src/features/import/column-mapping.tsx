import { useState } from "react";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { type FieldChoice, fieldOptions } from "./csv-fields.ts";
import type { Mapping } from "./use-preview.ts";

type Props = {
  table: { headers: string[]; rows: string[][] };
  /** The index of a column → the field it fills. */
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
};

/** Exports have up to a thousand columns; more than these at once nobody reads. */
const SHOWN = 40;
const SAMPLES = 3;

/** Which column of a table is which field of a task. */
export function ColumnMapping({ table, mapping, onChange }: Props) {
  const [query, setQuery] = useState("");
  const { headers, rows } = table;
  const wanted = query.trim().toLowerCase();
  // Those that are mapped first; the others in their order.
  const columns = headers
    .map((header, index) => ({ header, index }))
    .filter(({ header }) => header.toLowerCase().includes(wanted))
    .sort((a, b) => Number(!mapping[a.index]) - Number(!mapping[b.index]));

  function choose(index: number, choice: FieldChoice) {
    const { [index]: _, ...others } = mapping;
    onChange(choice === "none" ? others : { ...others, [index]: choice });
  }

  return (
    <div>
      <div className="mb-2 flex items-end justify-between gap-3">
        <p className="text-13 text-muted">
          Match your columns to fields. Only the title is required; columns without a field are
          skipped.
        </p>
        {headers.length > SHOWN && (
          <TextField
            label="Search columns"
            hideLabel
            type="search"
            placeholder="Search columns…"
            value={query}
            onValueChange={setQuery}
          />
        )}
      </div>
      <div className="overflow-x-auto rounded-panel border">
        <table className="w-full text-left">
          <thead className="bg-inset text-12 text-muted">
            <tr>
              <th scope="col" className="h-8 px-3 font-medium">
                Column
              </th>
              <th scope="col" className="px-3 font-medium">
                Sample values
              </th>
              <th scope="col" className="px-3 font-medium">
                Field
              </th>
            </tr>
          </thead>
          <tbody className="divide-y border-t">
            {columns.slice(0, SHOWN).map(({ header, index }) => (
              <tr key={index}>
                <th
                  scope="row"
                  className="max-w-44 truncate px-3 py-1.5 font-medium"
                  title={header}
                >
                  {header || `Column ${index + 1}`}
                </th>
                <td className="max-w-64 truncate px-3 text-muted">{samples(rows, index)}</td>
                <td className="w-44 px-2">
                  <Select
                    label={`Field for ${header || `column ${index + 1}`}`}
                    variant="quiet"
                    value={mapping[index] ?? "none"}
                    options={fieldOptions}
                    onValueChange={(next) => choose(index, next)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {columns.length > SHOWN && (
        <p className="mt-1.5 text-12 text-muted">
          {columns.length - SHOWN} more columns aren't imported unless you find them above and
          choose a field.
        </p>
      )}
    </div>
  );
}

function samples(rows: string[][], index: number): string {
  const filled = rows.map((row) => row[index]?.trim()).filter((cell) => cell);
  return [...new Set(filled)].slice(0, SAMPLES).join(" · ").slice(0, 200) || "—";
}
