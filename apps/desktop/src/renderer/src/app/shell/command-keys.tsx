import type { Act } from "@/ui/dialogs/command.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";

/** Puts the acts that have a key into the registry of keys. */
export function ActKeys({ acts }: { acts: readonly Act[] }) {
  return acts.filter(({ keys }) => keys).map((act) => <ActKey key={act.id} act={act} />);
}

function ActKey({ act }: { act: Act }) {
  const { keys = null, label, group, whileTyping } = act;
  useShortcut({ keys, label, group, whileTyping }, () => act.run());
  return null;
}
