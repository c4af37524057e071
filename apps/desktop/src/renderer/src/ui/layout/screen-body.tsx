import type { ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";
import { ScrollArea } from "./scroll-area.tsx";

const widths = { form: "max-w-[560px]", page: "max-w-[760px]" };

type Props = { width?: keyof typeof widths; children: ReactNode };

/** The scrolling part of a screen of text and forms: one column with a measure. */
export function ScreenBody({ width = "form", children }: Props) {
  return (
    <ScrollArea name="screen">
      <div className={cx("mx-auto w-full px-5 py-6 sm:px-8 sm:py-8", widths[width])}>
        {children}
      </div>
    </ScrollArea>
  );
}
