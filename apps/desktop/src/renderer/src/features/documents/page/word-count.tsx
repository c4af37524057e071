import type { Editor } from "@tiptap/core";
import { useEffect, useState } from "react";
import { wordCount } from "@/features/documents/editor/count-words.ts";
import { formatNumber } from "@/lib/locale.ts";

const SETTLE_MS = 600;
const WORDS_A_MINUTE = 220;

/** At the foot of the text, a moment after the typing hand. */
export function WordCount({ editor }: { editor: Editor }) {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onUpdate = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setCount(wordCount(editor.state.doc)), SETTLE_MS);
    };
    onUpdate();
    editor.on("update", onUpdate);
    return () => {
      clearTimeout(timer);
      editor.off("update", onUpdate);
    };
  }, [editor]);
  // Read for the first time a moment after it is shown.
  if (count === null) return <p className="document-column pb-6 text-12">&nbsp;</p>;
  const minutes = Math.ceil(count / WORDS_A_MINUTE);
  return (
    <p className="document-column pb-6 text-12 text-faint tabular-nums">
      {formatNumber(count)} {count === 1 ? "word" : "words"}
      {minutes > 1 && ` · ${minutes} min read`}
    </p>
  );
}
