import type { ReactNode } from "react";
import { Link } from "@/ui/controls/link.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";

type Props = {
  href: string;
  /** The address one is at. */
  path: string;
  /** Marked everywhere under it; else at `href` and below. */
  within?: string;
  icon: ReactNode;
  /** Shown while the pointer is on it. */
  keys?: string;
  /** Small, at the end: a project's key. */
  detail?: string;
  /** In a badge, unless there is none; the label is read after it: "3 unread". */
  count?: { of: number; label: string };
  children: ReactNode;
};

export function NavItem({ href, path, within = href, icon, keys, detail, count, children }: Props) {
  const isHere = path === within || path.startsWith(`${within}/`);
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={cx(
        "group flex h-7 items-center gap-2 rounded-control px-2 font-medium transition-colors focus-visible:-outline-offset-1",
        isHere ? "bg-active text-ink" : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <span className="grid size-4 shrink-0 place-items-center">{icon}</span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {children}
      </span>
      {keys && (
        <span className="hidden group-hover:block" aria-hidden="true">
          <Kbd keys={keys} variant="plain" />
        </span>
      )}
      {count && count.of > 0 && (
        <span className="grid h-4 min-w-4 shrink-0 place-items-center rounded-full bg-accent px-1 text-12 text-on-accent leading-none tabular-nums">
          {count.of > 99 ? "99+" : count.of}
          <span className="sr-only"> {count.label}</span>
        </span>
      )}
      {detail && <span className="shrink-0 font-normal text-12 text-faint">{detail}</span>}
    </Link>
  );
}
