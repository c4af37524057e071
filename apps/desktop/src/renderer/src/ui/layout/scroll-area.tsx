import { type ReactNode, useRef } from "react";
import { cx } from "@/ui/format/cx.ts";
import { useRestoredScroll } from "./restored-scroll.ts";

type Props = {
  /** What scrolls here, among all that scrolls on this screen. */
  name: string;
  /** When this becomes another one, it begins at its top. */
  view?: unknown;
  className?: string;
  children: ReactNode;
};

/** The part of a screen that scrolls, and is found where it was by who comes back to it. */
export function ScrollArea({ name, view, className, children }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  useRestoredScroll(scroller, name, view);
  return (
    <div ref={scroller} className={cx("min-h-0 flex-1 overflow-y-auto", className)}>
      {children}
    </div>
  );
}
