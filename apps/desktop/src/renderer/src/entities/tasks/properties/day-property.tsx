import { type DayProperty, daysFor, taskProperties, valueIn } from "@guildhall/api/client";
import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { DatePicker } from "@/ui/controls/date-picker.tsx";
import { formatDay, formatDueDate } from "@/ui/format/format-time.ts";
import { sameValue } from "./common-values.ts";
import { PropertyValue } from "./property-list.tsx";
import {
  NONE,
  type Order,
  type PickerProps,
  type PropertyValues,
  type PropertyView,
} from "./property-view.ts";

/** Days as "yyyy-mm-dd", which sort as they are. */
type Around = { today: string; week: { from: string; to: string } };

type Day = {
  name: DayProperty;
  param: string;
  icon: LucideIcon;
  keys: string;
  command: string;
  Text: ComponentType<{ day: string; isDone: boolean }>;
  cellClassName: string;
  filter: { name: string; none: string; options: DayOption[] };
};

type DayOption = { id: string; label: string; fits: (day: string, around: Around) => boolean };

/** Monday to Sunday around `now`. */
function weekOf(now: Date): Around["week"] {
  const sinceMonday = (now.getDay() + 6) % 7;
  const day = (offset: number) =>
    formatDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - sinceMonday + offset));
  return { from: day(0), to: day(6) };
}

export const thisWeek: DayOption = {
  id: "week",
  label: "This week",
  fits: (day, { week }) => day >= week.from && day <= week.to,
};

/** What has no day comes last. */
const LAST_DAY = "9999-99-99";

/** A property that is a day: its picker, its look, and what one asks of it. */
export function dayProperty({ name, icon: Icon, Text, filter, ...day }: Day): PropertyView {
  const { label } = taskProperties[name];

  function View({ task }: { task: PropertyValues & Pick<TaskView, "completedAt"> }) {
    const value = valueIn(task, name);
    return value && <Text day={value} isDone={task.completedAt !== null} />;
  }

  function DayPicker({ tasks, project: _, onPatch, ...opening }: PickerProps) {
    return (
      <DatePicker
        {...opening}
        label={label}
        value={sameValue(tasks, (task) => valueIn(task, name))}
        {...daysFor(name, tasks)}
        onValueChange={(value) => onPatch(() => ({ [name]: value }))}
      />
    );
  }

  const order: Order = (a, b) => {
    const [left, right] = [valueIn(a, name) ?? LAST_DAY, valueIn(b, name) ?? LAST_DAY];
    return left < right ? -1 : left > right ? 1 : 0;
  };

  return {
    icon: Icon,
    param: day.param,
    picked: {
      keys: day.keys,
      command: day.command,
      Picker: DayPicker,
      Value({ task, project: _, ...button }) {
        const value = valueIn(task, name);
        return (
          <PropertyValue {...button} empty={!value} icon={value ? undefined : <Icon size={14} />}>
            <View task={task} />
            {!value && (button.disabled ? "None" : "Set a date")}
          </PropertyValue>
        );
      },
      Short({ task }) {
        const value = valueIn(task, name);
        return (
          <>
            <Icon size={14} />
            {value ? formatDueDate(value, new Date()) : label}
          </>
        );
      },
    },
    card: {
      words(task, now) {
        const value = valueIn(task, name);
        return value && formatDueDate(value, now);
      },
      View,
    },
    cell: {
      at: "end",
      className: day.cellClassName,
      emptyClassName: "@max-4xl/main:hidden",
      isEmpty: (task) => !valueIn(task, name),
      offer: label,
      View,
    },
    filter: dayFilter(name, filter),
    order,
  };
}

function dayFilter(name: DayProperty, { options, none, ...filter }: Day["filter"]) {
  return {
    name: filter.name,
    values: [...options.map(({ id }) => id), NONE],
    options: () => [...options, { id: NONE, label: none }],
    fits: (chosen, { statuses, now }) => {
      const around = { today: formatDay(now), week: weekOf(now) };
      const asked = options.filter(({ id }) => chosen.includes(id));
      const closed = new Set(
        statuses.flatMap(({ id, category }) =>
          category === "completed" || category === "cancelled" ? id : [],
        ),
      );
      return (task) => {
        const day = valueIn(task, name);
        if (!day) return chosen.includes(NONE);
        return !closed.has(task.statusId) && asked.some(({ fits }) => fits(day, around));
      };
    },
  } satisfies PropertyView["filter"];
}
