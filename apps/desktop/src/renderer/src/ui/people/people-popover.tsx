import type { ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";
import { Popover } from "@/ui/overlays/popover.tsx";
import { Avatar, type Person } from "./avatar.tsx";

type Props = {
  /** What they have in common: "Also here". */
  label: string;
  people: readonly Person[];
  side?: "top" | "bottom";
  className?: string;
  /** Their faces. */
  children: ReactNode;
};

/** A few faces; who they are shows on hover, on a click and to a screen reader. */
export function PeoplePopover({ label, people, side, className, children }: Props) {
  const names = people.map(({ name }) => name).join(", ");
  return (
    <Popover
      label={label}
      side={side}
      openOnHover
      trigger={
        <button
          type="button"
          className="shrink-0 rounded-control transition-opacity starting:opacity-0"
        >
          <span className="sr-only">{`${label}: ${names}`}</span>
          <span aria-hidden="true" className={cx("flex items-center", className)}>
            {children}
          </span>
        </button>
      }
    >
      <div className="w-52 p-1">
        <p className="popup-label">{label}</p>
        <ul className="max-h-72 overflow-y-auto">
          {people.map((person) => (
            <li key={person.id} className="flex h-8 items-center gap-2 px-2">
              <Avatar person={person} size={20} decorative />
              <span className="min-w-0 truncate">{person.name}</span>
            </li>
          ))}
        </ul>
      </div>
    </Popover>
  );
}
