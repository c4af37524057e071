import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { Checkbox } from "@/ui/controls/checkbox.tsx";
import { copyText } from "@/ui/controls/copy-text.ts";
import { Dialog } from "@/ui/dialogs/dialog.tsx";

type Props = { codes: readonly string[]; onClose: () => void };

/** Shown once: it closes only after a word that they are kept. */
export function RecoveryCodesDialog({ codes, onClose }: Props) {
  const [isSaved, setSaved] = useState(false);
  const [wasLeft, setLeft] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const text = `${codes.join("\n")}\n`;
  return (
    <Dialog
      open
      onOpenChange={() => (isSaved ? onClose() : setLeft(true))}
      width="small"
      title="Save your recovery codes"
      description="If you lose your phone or passkey, one of these lets you in. Each works once, and they won't be shown again."
      footer={
        <Button variant="primary" disabled={!isSaved} onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="grid gap-4">
        <ol
          aria-label="Recovery codes"
          className="grid gap-x-6 gap-y-1 rounded-panel border bg-inset p-3 font-mono text-13 sm:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <div className="flex flex-wrap gap-2">
          <Button
            icon={isCopied ? <Check size={14} /> : <Copy size={14} />}
            onClick={() => copyText(text).then(() => setCopied(true))}
          >
            <span aria-live="polite">{isCopied ? "Copied" : "Copy"}</span>
          </Button>
          <Button icon={<Download size={14} />} onClick={() => download(text)}>
            Download
          </Button>
        </div>
        <Checkbox checked={isSaved} onCheckedChange={setSaved}>
          I saved these codes somewhere safe
        </Checkbox>
        {wasLeft && !isSaved && (
          <p role="alert" className="text-13 text-danger-ink">
            Save the codes first, then tick the box.
          </p>
        )}
      </div>
    </Dialog>
  );
}

function download(text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  Object.assign(document.createElement("a"), {
    href: url,
    download: "guildhall-recovery-codes.txt",
  }).click();
  URL.revokeObjectURL(url);
}
