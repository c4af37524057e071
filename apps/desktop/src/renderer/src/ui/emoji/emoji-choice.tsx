import { lazy, type ReactElement, Suspense, useState } from "react";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { Popover } from "@/ui/overlays/popover.tsx";

type Props = {
  /** The one there is, which can be removed. */
  current?: string | null;
  /** Null removes the current one. */
  onPick: (emoji: string | null) => void;
};

// The names of all emoji are read by who looks for one.
const EmojiGrid = lazy(() => import("./emoji-grid.tsx"));

/** One of all emoji: for a dialog. */
export function EmojiChoice({ current = null, onPick }: Props) {
  return (
    <Suspense fallback={<Spinner />}>
      <EmojiGrid current={current} onPick={onPick} />
    </Suspense>
  );
}

type PopoverProps = Props & { label: string; trigger: ReactElement };

/** The same behind a button. */
export function EmojiPopover({ label, trigger, current, onPick }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover label={label} open={isOpen} onOpenChange={setOpen} trigger={trigger}>
      <div className="w-76 max-w-[calc(100vw-24px)]">
        <EmojiChoice
          current={current}
          onPick={(next) => {
            setOpen(false);
            onPick(next);
          }}
        />
      </div>
    </Popover>
  );
}
