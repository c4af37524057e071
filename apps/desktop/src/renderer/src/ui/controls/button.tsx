import { Button as Base } from "@base-ui/react/button";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";

const variants = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-hover",
  secondary:
    "border border-line-strong bg-raised text-ink shadow-card hover:bg-[color-mix(in_oklch,var(--raised),var(--ink)_4%)] active:bg-[color-mix(in_oklch,var(--raised),var(--ink)_8%)]",
  ghost: "text-muted hover:bg-hover hover:text-ink active:bg-active data-popup-open:bg-active",
  danger: "bg-danger text-on-accent hover:bg-danger-hover active:bg-danger-hover",
};

const sizes = {
  small: "h-6 gap-1.5 px-2 text-12",
  medium: "h-7 gap-1.5 px-2.5 text-13",
  large: "h-9 gap-2 px-3.5 text-14",
};

type Props = Omit<ComponentProps<"button">, "className"> & {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  /** 14–16 px, before the text. */
  icon?: ReactNode;
  /** Shown at the end, for the one main action of a dialog. */
  keys?: string;
  /** Working: keeps its width and its focus, and is not pressed twice. */
  busy?: boolean;
  /** The whole width of its place, as in the sign-in forms. */
  wide?: boolean;
};

export function Button({
  variant = "secondary",
  size = "medium",
  icon,
  keys,
  busy = false,
  wide = false,
  disabled,
  children,
  ...rest
}: Props) {
  return (
    <Base
      {...rest}
      disabled={disabled || busy}
      // A busy button that lost the focus would throw a keyboard user to the top of the page.
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      className={cx(
        "relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control font-medium transition-colors",
        disabled && "pointer-events-none opacity-45",
        variants[variant],
        sizes[size],
        wide && "w-full",
      )}
    >
      <span className={cx("inline-flex items-center gap-[inherit]", busy && "opacity-0")}>
        {icon}
        {children}
        {keys && (
          <span
            className={
              variant === "primary" || variant === "danger"
                ? "[&_kbd]:border-current/35 [&_kbd]:bg-transparent [&_kbd]:text-current"
                : ""
            }
          >
            <Kbd keys={keys} />
          </span>
        )}
      </span>
      {busy && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
    </Base>
  );
}
