import { X } from "lucide-react";
import type { PanelName } from "@/features/documents/context/use-panel.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { panels } from "./panels.tsx";

type Props = { open: PanelName | null; onOpen: (panel: PanelName | null) => void };

/** At the right of the text; over it where there is no room for two. */
export function DocumentPanel({ open, onOpen }: Props) {
  const panel = panels.find(({ name }) => name === open);
  if (!panel) return null;
  const { label, Panel } = panel;
  return (
    <aside
      aria-label={label}
      className="flex w-80 shrink-0 flex-col border-l bg-surface @max-3xl/main:absolute @max-3xl/main:inset-y-0 @max-3xl/main:right-0 @max-3xl/main:z-20 @max-3xl/main:w-[min(20rem,100%)] @max-3xl/main:shadow-popup"
    >
      <div className="flex h-10 shrink-0 items-center gap-0.5 pr-2 pl-3">
        {panels.length > 1 ? (
          panels.map(({ name, label: other }) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === open}
              onClick={() => onOpen(name)}
              className={cx(
                "h-7 rounded-control px-2 font-medium text-12 hover:bg-hover",
                name === open ? "bg-active text-ink" : "text-muted",
              )}
            >
              {other}
            </button>
          ))
        ) : (
          <h2 className="px-1 font-medium text-12 text-muted">{label}</h2>
        )}
        <span className="flex-1" />
        <IconButton
          label={`Close ${label.toLowerCase()}`}
          icon={<X size={15} />}
          onClick={() => onOpen(null)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Panel />
      </div>
    </aside>
  );
}
