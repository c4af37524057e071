import { SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import type { Grouping as PropertyGrouping } from "@/entities/tasks/properties/property-view.ts";
import {
  groupingProperties,
  sortedProperties,
} from "@/entities/tasks/properties/property-views.tsx";
import type { BoardView } from "@/lib/paths.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { Switch } from "@/ui/controls/switch.tsx";
import { Popover } from "@/ui/overlays/popover.tsx";
import type { Grouping, Sorting } from "./query/view-search.ts";
import { useView } from "./view/view-context.ts";

type Option<T> = { value: T; label: string };

const groupNames = (only: (grouping: PropertyGrouping) => boolean): Option<Grouping>[] =>
  groupingProperties
    .filter(({ grouping }) => only(grouping))
    .map(({ name, grouping }) => ({ value: name, label: grouping.name }));

const laneOptions: Option<Grouping>[] = [
  { value: "none", label: "None" },
  ...groupNames(({ isLane }) => isLane),
];

const groupOptions: Option<Grouping>[] = [
  ...groupNames(() => true),
  { value: "none", label: "None" },
];

const sortOptions: Option<Sorting>[] = [
  { value: "manual", label: "Manual" },
  ...sortedProperties.map(({ name, label }) => ({ value: name, label })),
  { value: "created", label: "Created" },
  { value: "updated", label: "Updated" },
];

/** How the same tasks are laid out; all of it is kept in the address. */
export function ViewOptions({ view }: { view: BoardView }) {
  const { search, change } = useView();
  return (
    <Popover
      label="View options"
      trigger={<IconButton label="View options" icon={<SlidersHorizontal size={15} />} />}
    >
      <div className="grid w-72 gap-2 p-3">
        {view === "board" ? (
          <Row name="Swimlanes">
            <Select
              label="Swimlanes"
              value={search.lanes}
              options={laneOptions}
              onValueChange={(lanes) => change({ lanes })}
            />
          </Row>
        ) : (
          <>
            <Row name="Group by">
              <Select
                label="Group by"
                value={search.grouping}
                options={groupOptions}
                onValueChange={(grouping) => change({ grouping })}
              />
            </Row>
            <Row name="Sort by">
              <Select
                label="Sort by"
                value={search.sorting}
                options={sortOptions}
                onValueChange={(sorting) => change({ sorting })}
              />
            </Row>
          </>
        )}
        <Switch
          label="Show archived tasks"
          checked={search.archived}
          onCheckedChange={(archived) => change({ archived })}
        />
      </div>
    </Popover>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-muted">{name}</span>
      {children}
    </div>
  );
}
