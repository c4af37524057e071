import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { Button } from "@/ui/controls/button.tsx";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will be lost. */
  children: ReactNode;
  /** Names the command ("Delete task"), never "OK". */
  confirmLabel: string;
  onConfirm: () => void;
  busy?: boolean;
  /** Nothing is lost by it: asked because it concerns somebody else. */
  isHarmless?: boolean;
};

/** Only for what cannot be undone; everything else is done at once and offers Undo. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  onConfirm,
  busy,
  isHarmless = false,
}: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Viewport className="fixed inset-0 z-30 overflow-y-auto px-4 py-[20vh]">
          <Base.Popup className="popup mx-auto max-w-[400px] p-5">
            <Base.Title className="font-semibold text-16">{title}</Base.Title>
            <Base.Description
              className="mt-1.5 text-13 text-muted leading-5"
              render={<div>{children}</div>}
            />
            <footer className="mt-5 flex justify-end gap-2">
              <Base.Close render={<Button>Cancel</Button>} />
              <Button variant={isHarmless ? "primary" : "danger"} onClick={onConfirm} busy={busy}>
                {confirmLabel}
              </Button>
            </footer>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
