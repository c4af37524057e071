import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import type { PickerName } from "./task-properties.tsx";

const pickerKeys = [
  { keys: "s", picker: "status", label: "Change status" },
  { keys: "p", picker: "priority", label: "Change priority" },
  { keys: "a", picker: "assignees", label: "Assign" },
  { keys: "l", picker: "labels", label: "Change labels" },
  { keys: "d", picker: "dueDate", label: "Set due date" },
] as const;

/** One key for each property of the open task. */
export function PickerKeys({ onOpen }: { onOpen: (picker: PickerName) => void }) {
  return pickerKeys.map((each) => (
    <PickerKey key={each.keys} {...each} onPress={() => onOpen(each.picker)} />
  ));
}

type KeyProps = { keys: string; label: string; onPress: () => void };

function PickerKey({ keys, label, onPress }: KeyProps) {
  useShortcut({ keys, label, group: "Task" }, onPress);
  return null;
}
