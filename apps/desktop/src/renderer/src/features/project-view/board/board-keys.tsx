import { editing as wanted } from "@/entities/tasks/commands/editing.ts";
import { useBulkCommands } from "@/entities/tasks/commands/use-bulk-commands.ts";
import { pickedProperties } from "@/entities/tasks/properties/property-views.tsx";
import { type Key, Shortcuts } from "@/features/project-view/view/shortcuts.tsx";
import { useView } from "@/features/project-view/view/view-context.ts";
import { useBoardParts } from "./model/board-context.ts";
import { cardElement } from "./model/card-element.ts";
import type { Direction } from "./model/places.ts";

type Props = {
  step: (direction: Direction) => void;
  shift: (direction: Direction) => void;
  menu: { openAt: (card: Element) => void };
};

/** Every key of the board. The arrows walk, with Shift they carry the card along. */
export function BoardKeys({ step, shift, menu }: Props) {
  const { tasks, pick } = useView();
  const { canEdit, current, open } = useBoardParts();
  const commands = useBulkCommands();

  const task = () => tasks.get(current.get().id ?? "");
  const onCard = (run: (card: HTMLElement, id: string) => void) => () => {
    const { id } = current.get();
    const card = id && cardElement(id);
    if (card) run(card, id);
  };
  const onTask = (run: (task: NonNullable<ReturnType<typeof tasks.get>>) => void) => () => {
    const now = task();
    if (now) run(now);
  };

  const walking: Key[] = [
    { keys: "arrowup", label: "Previous card", run: () => step("up") },
    { keys: "arrowdown", label: "Next card", run: () => step("down") },
    { keys: "arrowleft", label: "Previous column", run: () => step("left") },
    { keys: "arrowright", label: "Next column", run: () => step("right") },
    { keys: "k", label: "Previous card", run: () => step("up") },
    { keys: "j", label: "Next card", run: () => step("down") },
    { keys: "enter", label: "Open card", run: onTask(open) },
    { keys: "m", label: "Card menu", run: onCard(menu.openAt) },
    { keys: "mod+shift+c", label: "Copy link to card", run: onTask(commands.copyLink) },
  ];
  const editing: Key[] = [
    { keys: "shift+arrowup", label: "Move card up", run: () => shift("up") },
    { keys: "shift+arrowdown", label: "Move card down", run: () => shift("down") },
    { keys: "shift+arrowleft", label: "Move card left", run: () => shift("left") },
    { keys: "shift+arrowright", label: "Move card right", run: () => shift("right") },
    ...pickedProperties.map(({ name, picked: { keys, command } }) => ({
      keys,
      label: command,
      run: onCard((card, id) => pick(name, [id], card)),
    })),
    {
      keys: "e",
      label: "Edit the description",
      run: onTask((now) => {
        wanted.set(now.id);
        open(now);
      }),
    },
    { keys: "shift+backspace", label: "Archive", run: onTask((now) => commands.archive([now])) },
    { keys: "mod+backspace", label: "Delete", run: onTask((now) => commands.remove([now])) },
  ];
  return <Shortcuts group="Board" keys={canEdit ? [...walking, ...editing] : walking} />;
}
