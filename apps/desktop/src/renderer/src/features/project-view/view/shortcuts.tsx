import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";

export type Key = { keys: string; label: string; run: () => void };

/** Puts a screen's keys into the registry, from where the `?` sheet reads them too. */
export function Shortcuts({ group, keys }: { group: string; keys: readonly Key[] }) {
  return keys.map((key) => <Shortcut key={key.keys} group={group} {...key} />);
}

function Shortcut({ keys, label, group, run }: Key & { group: string }) {
  useShortcut({ keys, label, group }, run);
  return null;
}
