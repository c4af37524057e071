import { Button as Base } from "@base-ui/react/button";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";
import { Tooltip } from "@/ui/overlays/tooltip.tsx";
import { ariaKeys } from "@/ui/shortcuts/key-names.ts";
import { isMac } from "@/ui/shortcuts/use-shortcut.ts";

type Props = Omit<ComponentProps<"button">, "className" | "aria-label" | "children"> & {
  /** Read aloud, and shown in the tooltip. */
  label: string;
  icon: ReactNode;
  keys?: string;
  size?: "small" | "medium";
  /** For a button that is on or off, such as the one for the sidebar. */
  pressed?: boolean;
  tooltipSide?: "top" | "bottom" | "left" | "right";
};

export function IconButton({
  label,
  icon,
  keys,
  size = "medium",
  pressed,
  tooltipSide,
  disabled,
  ...rest
}: Props) {
  return (
    <Tooltip label={label} keys={keys} side={tooltipSide}>
      <Base
        {...rest}
        disabled={disabled}
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={keys && ariaKeys(keys, isMac)}
        className={cx(
          "inline-grid shrink-0 place-items-center rounded-control text-muted transition-colors hover:bg-hover hover:text-ink active:bg-active data-popup-open:bg-active data-popup-open:text-ink",
          size === "small" ? "size-6" : "size-7",
          pressed && "bg-active text-ink",
          disabled && "pointer-events-none opacity-45",
        )}
      >
        {icon}
      </Base>
    </Tooltip>
  );
}
