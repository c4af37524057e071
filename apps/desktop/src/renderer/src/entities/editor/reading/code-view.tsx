import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { languageName } from "@/entities/documents/nodes/languages.ts";
import { copyText } from "@/ui/controls/copy-text.ts";

const COPIED_MS = 1_500;

type Props = { language: string; code: string };

/** Code with its language and a button to copy it, in its colours as soon as what knows them has come. */
export function CodeView({ language, code }: Props) {
  const block = useRef<HTMLDivElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  useEffect(() => {
    const dom = block.current;
    const text = dom?.querySelector("code");
    if (!dom || !text || !language) return;
    let end = () => {};
    let isOver = false;
    import("@/entities/documents/nodes/code-colours.ts").then(({ createColours }) => {
      if (isOver) return;
      const colours = createColours(dom, text);
      colours.show(language, code);
      end = () => colours.destroy();
    });
    return () => {
      isOver = true;
      end();
    };
  }, [language, code]);

  return (
    <div ref={block} className="code-block">
      <div className="code-head">
        <span className="code-language">{language && languageName(language)}</span>
        <button
          type="button"
          className="code-button"
          aria-label="Copy code"
          onClick={() => void copyText(code).then(() => setCopied(true))}
        >
          {isCopied ? <Check size={14} /> : <Copy size={14} />}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
