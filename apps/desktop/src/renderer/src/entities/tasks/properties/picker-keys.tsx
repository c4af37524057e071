import type { TaskProperty } from "@guildhall/api/client";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { pickedProperties } from "./property-views.tsx";

/** One key for each property of the open task. */
export function PickerKeys({ onOpen }: { onOpen: (property: TaskProperty) => void }) {
  return pickedProperties.map(({ name, picked: { keys, command } }) => (
    <PickerKey key={name} keys={keys} label={command} onPress={() => onOpen(name)} />
  ));
}

type KeyProps = { keys: string; label: string; onPress: () => void };

function PickerKey({ keys, label, onPress }: KeyProps) {
  useShortcut({ keys, label, group: "Task" }, onPress);
  return null;
}
