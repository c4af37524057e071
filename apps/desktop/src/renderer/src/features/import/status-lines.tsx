import type { RouterOutputs } from "@guildhall/api/client";
import { categoryOptions } from "@/entities/projects/status-categories.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import type { Reading } from "./use-preview.ts";

type Preview = RouterOutputs["imports"]["preview"];
type Categories = NonNullable<Reading["categories"]>;

type Props = {
  statuses: Preview["statuses"];
  categories: Categories;
  onChange: (categories: Categories) => void;
};

/** What each status of the file means, a line each: what was taken for it can be changed. */
export function StatusLines({ statuses, categories, onChange }: Props) {
  return (
    <ul aria-label="Statuses" className="divide-y rounded-panel border">
      {statuses.map(({ name, category, tasks }) => (
        <li key={name} className="flex items-center gap-3 py-1 pr-2 pl-3">
          <span dir="auto" className="min-w-0 flex-1 truncate font-medium text-13" title={name}>
            {name}
          </span>
          <span className="shrink-0 text-12 text-muted tabular-nums">
            {formatCount(tasks, "task")}
          </span>
          <Select
            label={`Category of ${name}`}
            variant="quiet"
            value={categories[name] ?? category}
            options={categoryOptions}
            onValueChange={(next) => onChange({ ...categories, [name]: next })}
          />
        </li>
      ))}
    </ul>
  );
}
