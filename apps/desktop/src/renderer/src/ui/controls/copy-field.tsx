import { Check, Copy } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";

type Props = { label: string; value: string };

/** Something to be taken elsewhere as it is: a link, a token. */
export function CopyField({ label, value }: Props) {
  const id = useId();
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-13">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="h-8 min-w-0 flex-1 rounded-control border border-line-strong bg-inset px-2.5 font-mono text-12"
        />
        <span className="[&>button]:h-8">
          <Button
            icon={isCopied ? <Check size={14} /> : <Copy size={14} />}
            onClick={() => copyText(value).then(() => setCopied(true))}
          >
            <span aria-live="polite">{isCopied ? "Copied" : "Copy"}</span>
          </Button>
        </span>
      </div>
    </div>
  );
}
