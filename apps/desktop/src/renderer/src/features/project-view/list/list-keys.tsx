import { editing as wanted } from "@/entities/tasks/commands/editing.ts";
import { useBulkCommands } from "@/entities/tasks/commands/use-bulk-commands.ts";
import { pickedProperties } from "@/entities/tasks/properties/property-views.tsx";
import { type Key, Shortcuts } from "@/features/project-view/view/shortcuts.tsx";
import { useView } from "@/features/project-view/view/view-context.ts";
import { useOpenTask } from "./use-open-task.ts";
import type { Selection } from "./use-selection.ts";

type Props = { selection: Selection; openMenu: (row: Element) => void };

/** Every key of the list. What changes tasks is for the chosen ones, else for the one it is at. */
export function ListKeys({ selection, openMenu }: Props) {
  const { canEdit, tasks, pick } = useView();
  const commands = useBulkCommands();
  const open = useOpenTask();
  const { cursor } = selection;

  const rowElement = () =>
    document.querySelector(`[role="row"][data-task-id="${CSS.escape(cursor.get().id ?? "")}"]`);
  const onCurrent = (run: (task: NonNullable<ReturnType<typeof tasks.get>>) => void) => () => {
    const task = tasks.get(cursor.get().id ?? "");
    if (task) run(task);
  };
  const walking: Key[] = [
    { keys: "arrowup", label: "Previous row", run: () => selection.step(-1) },
    { keys: "arrowdown", label: "Next row", run: () => selection.step(1) },
    { keys: "k", label: "Previous row", run: () => selection.step(-1) },
    { keys: "j", label: "Next row", run: () => selection.step(1) },
    { keys: "enter", label: "Open task", run: onCurrent(open) },
    { keys: "x", label: "Select row", run: onCurrent(({ id }) => selection.toggle(id)) },
    { keys: "shift+arrowup", label: "Extend selection up", run: () => selection.stretch(-1) },
    { keys: "shift+arrowdown", label: "Extend selection down", run: () => selection.stretch(1) },
    { keys: "mod+a", label: "Select all", run: selection.all },
    { keys: "mod+shift+c", label: "Copy link to task", run: onCurrent(commands.copyLink) },
    {
      keys: "m",
      label: "Task menu",
      run: () => {
        const row = rowElement();
        if (row) openMenu(row);
      },
    },
  ];
  const editing: Key[] = [
    ...pickedProperties.map(({ name, picked: { keys, command } }) => ({
      keys,
      label: command,
      run: () => {
        const ids = selection.targets().map(({ id }) => id);
        const anchor = document.querySelector("[data-bulk-bar]") ?? rowElement();
        if (ids.length > 0 && anchor) pick(name, ids, anchor);
      },
    })),
    {
      keys: "shift+backspace",
      label: "Archive",
      run: () => {
        const targets = selection.targets();
        if (targets.length > 0) commands.archive(targets);
      },
    },
    {
      keys: "mod+backspace",
      label: "Delete",
      run: () => {
        const targets = selection.targets();
        if (targets.length > 0) commands.remove(targets);
      },
    },
  ];
  const edit: Key = {
    keys: "e",
    label: "Edit the description",
    run: onCurrent((task) => {
      wanted.set(task.id);
      open(task);
    }),
  };
  const hasChosen = selection.tasks.length > 0;
  const clearing = { keys: "escape", label: "Clear selection", run: selection.clear };
  return (
    <>
      <Shortcuts group="List" keys={canEdit ? [...walking, edit] : walking} />
      {/* Registered anew when something is chosen: they then come before those of the open task. */}
      {canEdit && <Shortcuts key={String(hasChosen)} group="List" keys={editing} />}
      {hasChosen && <Shortcuts group="List" keys={[clearing]} />}
    </>
  );
}
