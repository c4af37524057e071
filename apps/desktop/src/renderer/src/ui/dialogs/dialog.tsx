import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { useOpenings } from "./use-openings.ts";

const widths = { small: "max-w-[420px]", medium: "max-w-[560px]", large: "max-w-[760px]" };

/** What one came to fill in; without any the dialog itself takes the focus, not its Close button. */
const fields = "input:not([disabled]), textarea:not([disabled]), [contenteditable=true]";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  width?: keyof typeof widths;
  children: ReactNode;
  /** Where the focus goes afterwards; without it, or by true, where it was; false: it is taken. */
  finalFocus?: () => HTMLElement | boolean;
  /** Buttons, the main one last. */
  footer?: ReactNode;
};

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  width = "medium",
  children,
  finalFocus,
  footer,
}: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const openings = useOpenings(open);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Viewport className="fixed inset-0 z-30 overflow-y-auto px-4 py-[12vh]">
          <Base.Popup
            ref={popup}
            initialFocus={() => popup.current?.querySelector<HTMLElement>(fields) ?? popup.current}
            {...(finalFocus && { finalFocus })}
            className={`popup mx-auto flex flex-col ${widths[width]}`}
          >
            <header className="flex items-start gap-4 px-5 pt-4 pb-1">
              <div className="min-w-0 flex-1">
                <Base.Title className="font-semibold text-16">{title}</Base.Title>
                {description && (
                  <Base.Description className="mt-0.5 text-13 text-muted">
                    {description}
                  </Base.Description>
                )}
              </div>
              <Base.Close
                render={<IconButton label="Close" keys="escape" icon={<X size={16} />} />}
              />
            </header>
            <div key={openings} className="px-5 py-3">
              {children}
            </div>
            {footer && (
              <footer className="flex items-center justify-end gap-2 border-t px-5 py-3">
                {footer}
              </footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
