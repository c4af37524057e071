import { statusCategories } from "@guildhall/api/client";
import { CircleDashed } from "lucide-react";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { categoryNames, StatusIcon } from "@/ui/icons/status-icon.tsx";
import { sameValue } from "./common-values.ts";
import { PropertyValue } from "./property-list.tsx";
import type { PickerProps, PropertyView, ValueProps } from "./property-view.ts";

const statusOf = ({ task, project }: ValueProps) =>
  project.statuses.find(({ id }) => id === task.statusId);

export function StatusPicker({ tasks, project, onPatch, ...opening }: PickerProps) {
  return (
    <Combobox
      {...opening}
      label="Status"
      keys="s"
      value={sameValue(tasks, ({ statusId }) => statusId)}
      options={project.statuses.map(({ id, name, category }) => ({
        id,
        label: name,
        icon: <StatusIcon category={category} />,
      }))}
      onValueChange={(statusId) => {
        if (statusId) onPatch(() => ({ statusId }));
      }}
    />
  );
}

export const statusProperty: PropertyView = {
  icon: CircleDashed,
  param: "status",
  picked: {
    keys: "s",
    command: "Change status",
    Picker: StatusPicker,
    choices: ({ statuses }) =>
      statuses.map(({ id, name, category }) => ({
        id,
        label: name,
        icon: <StatusIcon category={category} />,
        patch: { statusId: id },
      })),
    Value({ task, project, ...button }) {
      const status = statusOf({ task, project });
      return (
        <PropertyValue {...button} icon={status && <StatusIcon category={status.category} />}>
          {status?.name}
        </PropertyValue>
      );
    },
    Short(props) {
      const status = statusOf(props);
      return (
        <>
          {status && <StatusIcon category={status.category} />}
          {status?.name}
        </>
      );
    },
  },
  cell: {
    at: "title",
    className: "flex shrink-0",
    isEmpty: () => false,
    View({ task, names }) {
      const status = names.statuses.get(task.statusId);
      return status && <StatusIcon category={status.category} label={status.name} />;
    },
  },
  filter: {
    name: "Status",
    values: statusCategories,
    options: () =>
      statusCategories.map((category) => ({
        id: category,
        label: categoryNames[category],
        icon: <StatusIcon category={category} />,
      })),
    fits(categories, { statuses }) {
      const shown = new Set(
        statuses.flatMap(({ id, category }) => (categories.includes(category) ? id : [])),
      );
      // A project without such a status: then it is as if nobody had asked.
      return ({ statusId }) => shown.size === 0 || shown.has(statusId);
    },
  },
  grouping: {
    name: "Status",
    isLane: false,
    groups: ({ statuses }) => [...statuses],
    groupOf: ({ statusId }) => statusId,
    icon(id, { statuses }) {
      const status = statuses.get(id);
      return status && <StatusIcon category={status.category} />;
    },
    patchInto: (statusId) => ({ statusId }),
  },
};
