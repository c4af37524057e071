import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/ui/controls/button.tsx";

type Props = {
  /** What happened: "The task could not be saved". */
  title: string;
  /** What was kept and what to do next. */
  children?: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  /** A second way out: Undo, Sign in again. */
  command?: ReactNode;
};

export function ErrorNotice({ title, children, onRetry, retrying, command }: Props) {
  return (
    <div
      role="alert"
      className="flex items-start gap-2.5 rounded-control border border-danger-ink/25 bg-danger-soft px-3 py-2.5"
    >
      <TriangleAlert size={16} className="mt-px shrink-0 text-danger-ink" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-13 text-danger-ink">{title}</p>
        {children && <div className="mt-0.5 text-12 text-ink leading-[18px]">{children}</div>}
        {(onRetry || command) && (
          <div className="mt-2 flex gap-2">
            {onRetry && (
              <Button size="small" icon={<RotateCw size={12} />} onClick={onRetry} busy={retrying}>
                Try again
              </Button>
            )}
            {command}
          </div>
        )}
      </div>
    </div>
  );
}
