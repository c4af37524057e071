import { X } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  icon?: ReactNode;
  children: ReactNode;
  /** Gives it a button to take it away: filters, chosen labels. */
  onRemove?: () => void;
  removeLabel?: string;
  title?: string;
};

/** A value of its own: a label on a card, a filter in the bar. The colour is in the icon, the text
 * stays neutral, so that any colour a person picks leaves it readable. */
export function Chip({ icon, children, onRemove, removeLabel, title }: Props) {
  return (
    <span
      title={title}
      className="inline-flex h-5 min-w-0 max-w-40 items-center gap-1.5 rounded-full border pr-2 pl-1.5 text-12 text-muted"
    >
      {icon}
      <span className="truncate">{children}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel ?? "Remove"}
          onClick={onRemove}
          className="-mr-1 grid size-4 shrink-0 place-items-center rounded-full text-faint hover:bg-active hover:text-ink"
        >
          <X size={11} />
        </button>
      )}
    </span>
  );
}
