import { Kbd } from "@/ui/shortcuts/kbd.tsx";
import { useShortcuts } from "@/ui/shortcuts/use-shortcut.ts";
import { Dialog } from "./dialog.tsx";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** All keys that work where the person is, read from the registry. */
export function ShortcutSheet({ open, onOpenChange }: Props) {
  const shortcuts = useShortcuts();
  // The same key may be registered by the page and by a panel above it: the last one is the one.
  const unique = [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()];
  const groups = [...new Set(unique.map((shortcut) => shortcut.group))];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" width="large">
      <div className="columns-1 gap-10 pb-2 sm:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 font-medium text-12 text-faint">{group}</h3>
            <dl>
              {unique
                .filter((shortcut) => shortcut.group === group)
                .map((shortcut) => (
                  <div
                    key={shortcut.keys}
                    className="flex h-8 items-center justify-between gap-4 border-b last:border-b-0"
                  >
                    <dt className="truncate">{shortcut.label}</dt>
                    <dd>
                      <Kbd keys={shortcut.keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
