import { Tag } from "lucide-react";
import { uuidv7 } from "uuidv7";
import { nextLabelColor } from "@/entities/labels/label-color.ts";
import type { Label } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { Chip } from "@/ui/icons/chip.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { anyOf, common, withChange } from "./common-values.ts";
import { LabelPills } from "./label-pills.tsx";
import { PropertyValue } from "./property-list.tsx";
import { NONE, type PickerProps, type PropertyView, type ValueProps } from "./property-view.ts";

const optionOf = ({ id, name, color }: Label) => ({
  id,
  label: name,
  icon: <LabelDot color={color} />,
});

function LabelPicker({ tasks, project, onPatch, ...opening }: PickerProps) {
  const shared = common(tasks.map((task) => task.labelIds));
  const make = trpc.labels.create.useMutation({
    onError: reportFailure("Couldn't create the label"),
  });

  /** Makes it and puts it on the tasks, as one step for the person. */
  function create(name: string) {
    const id = uuidv7();
    const color = nextLabelColor(project.labels.length);
    const put = () => onPatch((task) => ({ labelIds: [...task.labelIds, id] }));
    make.mutate({ id, projectId: project.id, name, color }, { onSuccess: put });
  }

  return (
    <Combobox
      {...opening}
      multiple
      label="Labels"
      keys="l"
      value={shared}
      options={project.labels.map(optionOf)}
      onValueChange={(ids) =>
        onPatch((task) => ({ labelIds: withChange(task.labelIds, shared, ids) }))
      }
      onCreate={create}
      emptyText="No matching labels. Type to create one."
    />
  );
}

const labelsOf = ({ task, project }: ValueProps) =>
  project.labels.filter(({ id }) => task.labelIds.includes(id));

/** Of the narrowest list that shows labels, they take a third: the title matters more. */
const CELL_WIDTH = 256;

export const labelsProperty: PropertyView = {
  icon: Tag,
  param: "label",
  picked: {
    keys: "l",
    command: "Change labels",
    Picker: LabelPicker,
    Value({ task, project, ...button }) {
      const labels = labelsOf({ task, project });
      const isEmpty = labels.length === 0;
      return (
        <PropertyValue
          {...button}
          wraps
          empty={isEmpty}
          icon={isEmpty ? <Tag size={14} /> : undefined}
        >
          {labels.map(({ id, name, color }) => (
            <Chip key={id} icon={<LabelDot color={color} />}>
              {name}
            </Chip>
          ))}
          {isEmpty && (button.disabled ? "None" : "Add labels")}
        </PropertyValue>
      );
    },
    Short(props) {
      const labels = labelsOf(props);
      const [first] = labels;
      return (
        <>
          {first ? <LabelDot color={first.color} /> : <Tag size={14} />}
          {!first && "Labels"}
          {labels.length === 1 && first?.name}
          {labels.length > 1 && `${labels.length} labels`}
        </>
      );
    },
  },
  cell: {
    at: "end",
    className: "hidden shrink-0 @5xl/main:flex",
    isEmpty: ({ labelIds }) => labelIds.length === 0,
    offer: "Labels",
    View: ({ task, names }) => (
      <LabelPills
        labels={task.labelIds.flatMap((id) => names.labels.get(id) ?? [])}
        space={CELL_WIDTH}
      />
    ),
  },
  filter: {
    name: "Label",
    options: ({ labels }) => [
      ...labels.map(optionOf),
      { id: NONE, label: "No label", icon: <Tag size={14} /> },
    ],
    fits: (wanted) => (task) => anyOf(wanted, task.labelIds, NONE),
    preset: (labelId) => ({ labelIds: [labelId] }),
  },
};
