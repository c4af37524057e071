import { Menu as Base } from "@base-ui/react/menu";
import { Check, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";

/** What Menu and ContextMenu are made of: data, so that one list serves both. */
export type MenuEntry =
  | {
      kind?: "item";
      label: string;
      icon?: ReactNode;
      keys?: string;
      danger?: boolean;
      disabled?: boolean;
      /** For an entry that is on or off. */
      checked?: boolean;
      onSelect: () => void;
    }
  | { kind: "submenu"; label: string; icon?: ReactNode; entries: readonly MenuEntry[] }
  | { kind: "heading"; label: string }
  | { kind: "separator" };

export function MenuItems({ entries }: { entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => {
    // Menus are written down in order and never sorted, so the place is the identity.
    const key = index;
    switch (entry.kind) {
      case "separator":
        return <Base.Separator key={key} className="my-1 h-px bg-line" />;
      case "heading":
        return (
          <div key={key} className="popup-label" role="presentation">
            {entry.label}
          </div>
        );
      case "submenu":
        return <Submenu key={key} {...entry} />;
      default:
        return <Item key={key} {...entry} />;
    }
  });
}

function Item(entry: Extract<MenuEntry, { onSelect: () => void }>) {
  return (
    <Base.Item
      onClick={entry.onSelect}
      disabled={entry.disabled}
      label={entry.label}
      className={cx("popup-item", entry.danger && "text-danger-ink")}
    >
      {entry.icon && (
        <span className={entry.danger ? "" : "text-muted"} aria-hidden="true">
          {entry.icon}
        </span>
      )}
      <span className="flex-1 pr-6">{entry.label}</span>
      {entry.checked && <Check size={14} className="text-muted" aria-label="on" />}
      {entry.keys && <Kbd keys={entry.keys} variant="plain" />}
    </Base.Item>
  );
}

function Submenu({ label, icon, entries }: Extract<MenuEntry, { kind: "submenu" }>) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className="popup-item">
        {icon && (
          <span className="text-muted" aria-hidden="true">
            {icon}
          </span>
        )}
        <span className="flex-1 pr-6">{label}</span>
        <ChevronRight size={14} className="text-faint" aria-hidden="true" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner sideOffset={2} alignOffset={-4} className="z-50">
          <Base.Popup className="popup min-w-44 p-1 text-13">
            <MenuItems entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}
