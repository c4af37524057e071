import { Check, CloudOff } from "lucide-react";
import { cx } from "./cx.ts";
import { Popover } from "./popover.tsx";
import { Spinner } from "./spinner.tsx";

export type WaitingEdit = {
  id: string;
  /** "Moved APP-12 to Done" */
  label: string;
  /** What the server said, when it refused. */
  error?: string | null;
};

type Props = {
  state: "saved" | "saving" | "offline";
  waiting: readonly WaitingEdit[];
};

/** Saved means committed on the server: the one place that says so. A click lists what waits. */
export function SaveIndicator({ state, waiting }: Props) {
  const count = waiting.length;
  const text = {
    saved: "Saved",
    saving: count > 1 ? `Saving ${count}` : "Saving",
    offline: count > 0 ? `Offline, ${count} waiting` : "Offline",
  }[state];

  return (
    <Popover
      label="What waits to be saved"
      align="end"
      trigger={
        <button
          type="button"
          className={`inline-flex h-7 shrink-0 items-center whitespace-nowrap gap-1.5 rounded-control px-2 text-12 transition-colors hover:bg-hover data-popup-open:bg-active ${state === "offline" ? "text-warning-ink" : "text-muted"}`}
        >
          {state === "saved" && <Check size={13} className="text-success-ink" aria-hidden="true" />}
          {state === "saving" && <Spinner size={12} />}
          {state === "offline" && <CloudOff size={13} aria-hidden="true" />}
          <span className={cx("tabular-nums", state === "saved" && "@max-xl/main:sr-only")}>
            {text}
          </span>
        </button>
      }
    >
      <div className="w-72 p-1">
        <p className="px-2 py-1.5 text-12 text-muted leading-[18px]">{explanation(state, count)}</p>
        {count > 0 && (
          <ul className="max-h-60 overflow-y-auto border-t pt-1">
            {waiting.map((edit) => (
              <li key={edit.id} className="px-2 py-1.5">
                <p className="truncate">{edit.label}</p>
                {edit.error && <p className="text-12 text-danger-ink">{edit.error}</p>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Popover>
  );
}

function explanation(state: Props["state"], count: number): string {
  if (state === "saved") return "Every change is stored on the server.";
  if (state === "saving")
    return "On the way to the server. You can close the window: nothing is lost.";
  return count > 0
    ? "No connection. These are kept on this computer and sent, in order, when it is back."
    : "No connection. You can go on working: changes are kept here and sent when it is back.";
}
