import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

type Props = {
  label: string;
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
  /** Also when the pointer rests on it: for what is only read. */
  openOnHover?: boolean;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export function Popover({
  label,
  trigger,
  children,
  align = "start",
  side,
  openOnHover,
  open,
  onOpenChange,
}: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} openOnHover={openOnHover} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={4} align={align} className="z-40">
          <Base.Popup className="popup text-13" aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
