import { Check, CloudOff, CloudUpload, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { copyText } from "@/ui/controls/copy-text.ts";
import { cx } from "@/ui/format/cx.ts";
import { Popover } from "@/ui/overlays/popover.tsx";

type WaitingEdit = {
  id: string;
  /** "Moved APP-12 to Done" */
  label: string;
  /** What the server said, when it refused. */
  error?: string | null;
  /** Reads what was written, where that is a text that can be taken elsewhere. */
  text?: (() => Promise<string>) | null;
};

type Props = {
  state: "saved" | "saving" | "offline";
  /** This device does not store changes: what waits is in the open windows alone. */
  isUnstored?: boolean;
  waiting: readonly WaitingEdit[];
  /** For what the server refused. */
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
};

/** Saved means committed on the server: the one place that says so. A click lists what waits. */
export function SaveIndicator({ state, isUnstored, waiting, onRetry, onDiscard }: Props) {
  const refused = waiting.filter((edit) => edit.error).length;
  const look = refused > 0 && state === "saved" ? "refused" : state;
  const count = waiting.length - refused;
  const text = {
    saved: isUnstored ? "Saved, online only" : "Saved",
    saving: count > 1 ? `Saving ${count}` : "Saving",
    offline: count > 0 ? `Offline, ${count} ${isUnstored ? "unsaved" : "waiting"}` : "Offline",
    refused: `${refused} not saved`,
  }[look];

  return (
    <Popover
      label="Waiting to be saved"
      align="end"
      trigger={
        <button
          type="button"
          data-state={look}
          className={cx(
            "inline-flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-control px-2 text-12 transition-colors hover:bg-hover data-popup-open:bg-active",
            isUnstored ? "text-warning-ink" : tones[look],
          )}
        >
          {look === "saved" && !isUnstored && (
            <Check size={13} className="text-success-ink" aria-hidden="true" />
          )}
          {look === "saved" && isUnstored && <TriangleAlert size={13} aria-hidden="true" />}
          {/* Nothing that turns: it would turn for as long as somebody types, and each turn is drawn. */}
          {look === "saving" && <CloudUpload size={13} aria-hidden="true" />}
          {look === "offline" && <CloudOff size={13} aria-hidden="true" />}
          {look === "refused" && <TriangleAlert size={13} aria-hidden="true" />}
          <span
            className={cx(
              "text-left @xl/main:min-w-9.5 tabular-nums",
              look === "saved" && !isUnstored && "@max-xl/main:sr-only",
            )}
          >
            {text}
          </span>
        </button>
      }
    >
      <div className="w-80 max-w-[calc(100vw-24px)] p-1">
        <p className="px-2 py-1.5 text-12 text-muted leading-[18px]">
          {(isUnstored ? unstored : explanations)[look]}
        </p>
        {waiting.length > 0 && (
          <ul className="max-h-72 overflow-y-auto border-t pt-1">
            {waiting.map((edit) => (
              <li key={edit.id} className="px-2 py-1.5">
                <p className="truncate">{edit.label}</p>
                {edit.error && (
                  <>
                    <p className="mt-0.5 text-12 text-danger-ink">{edit.error}</p>
                    <div className="mt-1.5 mb-1 flex gap-1.5">
                      <Button size="small" onClick={() => onRetry(edit.id)}>
                        Try again
                      </Button>
                      {edit.text && <CopyText read={edit.text} />}
                      <Button size="small" variant="ghost" onClick={() => onDiscard(edit.id)}>
                        Discard
                      </Button>
                    </div>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Popover>
  );
}

function CopyText({ read }: { read: () => Promise<string> }) {
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await copyText(await read());
    setCopied(true);
  }
  return (
    <Button size="small" onClick={copy}>
      {isCopied ? "Copied" : "Copy text"}
    </Button>
  );
}

const tones = {
  saved: "text-muted",
  saving: "text-muted",
  offline: "text-warning-ink",
  refused: "text-danger-ink",
};

const explanations = {
  saved: "All changes are saved on the server.",
  saving: "Sending your changes to the server. You can close the window: nothing is lost.",
  offline:
    "You're offline. Keep working: changes are kept on this computer and sent, in order, when you're back online.",
  refused: "The server rejected these changes. They're kept on this computer until you decide.",
};

const WHY = "This device isn't storing data: the window may be private, or the disk full.";
const unstored = {
  saved: `All changes are saved on the server. ${WHY} You need a connection to open Guildhall here.`,
  saving: `Sending your changes to the server. ${WHY} Keep this window open until they're saved.`,
  offline: `You're offline. ${WHY} Your changes are sent when you're back online, if you keep this window open.`,
  refused: `The server rejected these changes. ${WHY} They're gone when you close this window.`,
};
