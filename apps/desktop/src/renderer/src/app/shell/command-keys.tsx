import type { Command } from "@/ui/dialogs/command.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";

/** Puts the commands that have a key into the registry of keys. */
export function CommandKeys({ commands }: { commands: readonly Command[] }) {
  return commands
    .filter(({ keys }) => keys)
    .map((command) => <CommandKey key={command.id} command={command} />);
}

function CommandKey({ command }: { command: Command }) {
  const { keys = null, label, group, whileTyping } = command;
  useShortcut({ keys, label, group, whileTyping }, () => command.run());
  return null;
}
