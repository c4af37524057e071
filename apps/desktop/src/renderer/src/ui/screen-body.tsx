import type { ReactNode } from "react";
import { cx } from "./cx.ts";

const widths = { form: "max-w-[560px]", page: "max-w-[760px]" };

type Props = { width?: keyof typeof widths; children: ReactNode };

/** The scrolling part of a screen of text and forms: one column with a measure. */
export function ScreenBody({ width = "form", children }: Props) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className={cx("mx-auto w-full px-5 py-6 sm:px-8 sm:py-8", widths[width])}>
        {children}
      </div>
    </div>
  );
}
