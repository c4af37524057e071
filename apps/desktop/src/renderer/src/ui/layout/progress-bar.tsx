import { Progress as Base } from "@base-ui/react/progress";
import { X } from "lucide-react";
import { IconButton } from "@/ui/controls/icon-button.tsx";

type Props = {
  label: string;
  /** 0–1; null while the whole is not known. */
  value: number | null;
  /** In people's words: "1,204 of 5,000 tasks", "12 MB of 40 MB · 3 MB/s". */
  detail?: string;
  onCancel?: () => void;
};

export function ProgressBar({ label, value, detail, onCancel }: Props) {
  return (
    <div className="flex items-end gap-2">
      <Base.Root
        value={value === null ? null : value * 100}
        className="grid min-w-0 flex-1 gap-1.5 pb-1"
      >
        <div className="flex items-baseline gap-3">
          <Base.Label className="min-w-0 flex-1 truncate font-medium text-13">{label}</Base.Label>
          <span className="text-12 text-muted tabular-nums">
            {detail ?? (value === null ? "" : `${Math.round(value * 100)} %`)}
          </span>
        </div>
        <Base.Track className="h-1 overflow-hidden rounded-full bg-active">
          <Base.Indicator className="h-full rounded-full bg-accent transition-[width] duration-150 data-indeterminate:w-1/3 data-indeterminate:animate-pulse" />
        </Base.Track>
      </Base.Root>
      {onCancel && (
        <IconButton
          label={`Cancel ${label}`}
          size="small"
          icon={<X size={14} />}
          onClick={onCancel}
        />
      )}
    </div>
  );
}
