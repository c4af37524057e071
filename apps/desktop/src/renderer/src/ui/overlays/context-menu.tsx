import { ContextMenu as Base } from "@base-ui/react/context-menu";
import type { ReactElement } from "react";
import { type MenuEntry, MenuItems } from "./menu-items.tsx";

type Props = {
  /** The element that answers the right button (and the menu key). */
  children: ReactElement;
  /** Made when the menu opens: a board has thousands of cards and one open menu. */
  entries: () => readonly MenuEntry[];
};

export function ContextMenu({ children, entries }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="z-40">
          <Base.Popup className="popup min-w-48 p-1 text-13">
            <OpenEntries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function OpenEntries({ entries }: { entries: () => readonly MenuEntry[] }) {
  return <MenuItems entries={entries()} />;
}
