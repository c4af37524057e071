import type { ReactNode } from "react";
import { EmojiPopover } from "@/ui/emoji/emoji-choice.tsx";
import { cx } from "@/ui/format/cx.ts";

type Props = {
  icon: string | null;
  readOnly: boolean;
  /** What the button shows without one. */
  empty: ReactNode;
  onPick: (icon: string | null) => void;
};

/** One emoji for a document or folder. */
export function IconPicker({ icon, readOnly, empty, onPick }: Props) {
  if (readOnly) return <span className="px-1.5 text-28">{icon}</span>;
  return (
    <EmojiPopover
      label="Icon"
      current={icon}
      onPick={onPick}
      trigger={
        <button
          type="button"
          aria-label={icon ? `Change icon ${icon}` : "Add icon"}
          className={cx(
            "rounded-control hover:bg-hover data-popup-open:bg-active",
            icon
              ? "px-1.5 py-0.5 text-28"
              : "h-7 opacity-0 transition-opacity focus-visible:opacity-100 group-focus-within/title:opacity-100 group-hover/title:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100",
          )}
        >
          {icon ?? empty}
        </button>
      }
    />
  );
}
