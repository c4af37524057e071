import { Check, Copy } from "lucide-react";
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { languageName } from "@/entities/documents/nodes/languages.ts";
import { copyText } from "@/ui/controls/copy-text.ts";

const COPIED_MS = 1_500;

type Props = { language: string; code: string };

/** Code with its language and a button to copy it; a diagram with what it draws. */
export function CodeView({ language, code }: Props) {
  const block = useRef<HTMLDivElement>(null);
  const [isCopied, setCopied] = useState(false);
  const [isFolded, setFolded] = useState(false);
  const isDiagram = language === "mermaid";
  useColours(block, { language: isDiagram ? "" : language, code });
  useDiagram(block, isDiagram ? code : null, setFolded);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <div ref={block} className="code-block" data-folded={isFolded ? "" : undefined}>
      <div className="code-head">
        <span className="code-language">{language && languageName(language)}</span>
        {isDiagram && (
          <button type="button" className="code-button" onClick={() => setFolded(!isFolded)}>
            {isFolded ? "Show code" : "Hide code"}
          </button>
        )}
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

type Block = RefObject<HTMLElement | null>;

/** As soon as what knows them has come. */
function useColours(block: Block, { language, code }: Props) {
  useEffect(() => {
    const text = block.current?.querySelector("code");
    if (!block.current || !text || !language) return;
    const dom = block.current;
    return afterLoading(
      import("@/entities/documents/nodes/code-colours.ts"),
      ({ createColours }) => {
        const colours = createColours(dom, text);
        colours.show(language, code);
        return () => colours.destroy();
      },
    );
  }, [block, language, code]);
}

function useDiagram(block: Block, source: string | null, setFolded: (isFolded: boolean) => void) {
  const fold = useEffectEvent(setFolded);
  useEffect(() => {
    const dom = block.current;
    if (!dom || source === null) return;
    const code = import("@/entities/documents/nodes/diagram.ts");
    const style = import("@/entities/documents/text/document-code.css");
    return afterLoading(Promise.all([code, style]), ([{ diagram }]) => {
      const drawing = diagram((isDrawn) => fold(isDrawn));
      dom.append(drawing.dom);
      drawing.show(source);
      return () => {
        drawing.destroy();
        drawing.dom.remove();
      };
    });
  }, [block, source]);
}

/** The end of an effect that begins when something has come; without a connection it never does. */
function afterLoading<Loaded>(loading: Promise<Loaded>, begin: (loaded: Loaded) => () => void) {
  let end: (() => void) | null = null;
  let isOver = false;
  loading.then(
    (loaded) => {
      if (!isOver) end = begin(loaded);
    },
    () => {},
  );
  return () => {
    isOver = true;
    end?.();
  };
}
