import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";

type Props = {
  label: ReactNode;
  keys?: string;
  side?: "top" | "bottom" | "left" | "right";
  /** One element that takes a ref and props: it becomes the trigger. */
  children: ReactElement;
};

export function Tooltip({ label, keys, side = "bottom", children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="popup flex max-w-72 items-center gap-2 rounded-control px-2 py-1 text-12">
            {label}
            {keys && <Kbd keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
