import { useEffect, useRef } from "react";
import { createColours } from "@/entities/documents/nodes/code-colours.ts";
import type { ContentProps } from "./content-props.ts";
import "@/entities/documents/text/document-code.css";
import { languageOf } from "./languages.ts";
import { TextFrame } from "./text-frame.tsx";

/** Code has numbered lines, and colours where its language is known; other text is wrapped. */
export function TextContent({ file, address }: ContentProps) {
  const language = languageOf(file);
  return (
    <TextFrame {...{ file, address }}>
      {(text) =>
        language === null ? (
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            tabIndex={0}
            className="min-h-0 flex-1 overflow-auto whitespace-pre-wrap px-6 py-5 font-mono text-13 leading-5.5 [overflow-wrap:anywhere]"
          >
            {text}
          </pre>
        ) : (
          <Code {...{ text, language }} />
        )
      }
    </TextFrame>
  );
}

function Code({ text, language }: { text: string; language: string }) {
  const block = useRef<HTMLElement>(null);
  const code = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!block.current || !code.current) return;
    const colours = createColours(block.current, code.current);
    colours.show(language, text);
    return () => colours.destroy();
  }, [language, text]);
  const lines = text.replace(/\n$/, "").split("\n").length;
  return (
    <section
      ref={block}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label="Text"
      data-uses-arrows
      className="flex min-h-0 flex-1 items-start overflow-auto py-4 font-mono text-13 leading-5.5"
    >
      <pre
        aria-hidden="true"
        className="sticky left-0 shrink-0 select-none border-r bg-inset px-4 text-right text-faint"
      >
        {Array.from({ length: lines }, (_, line) => line + 1).join("\n")}
      </pre>
      <pre className="px-4">
        <code ref={code}>{text}</code>
      </pre>
    </section>
  );
}
