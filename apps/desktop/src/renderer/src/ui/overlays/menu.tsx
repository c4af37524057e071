import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement } from "react";
import { type MenuEntry, MenuItems } from "./menu-items.tsx";

type Props = {
  trigger: ReactElement;
  entries: readonly MenuEntry[];
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "right";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export function Menu({
  trigger,
  entries,
  align = "start",
  side = "bottom",
  open,
  onOpenChange,
}: Props) {
  return (
    <Base.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={4} align={align} className="z-40">
          <Base.Popup className="popup min-w-48 p-1 text-13">
            <MenuItems entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
