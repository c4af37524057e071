import type { Editor } from "@tiptap/core";
import { useEffect, useMemo, useState } from "react";
import { type LinkTarget, linkedTargets, targetKey } from "@/entities/links/link-targets.ts";
import { useBrokenTargets } from "@/entities/links/use-link-targets.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { brokenLinksKey, brokenLinksPlugin } from "./broken-links-plugin.ts";
import { LinkPreview } from "./link-preview.tsx";
import "./links.css";

/** Marks the links of the text that lead nowhere, and shows where the others lead. */
export function DocumentLinks() {
  const { editor } = useDocumentEditor();
  return (
    editor && (
      <>
        <BrokenLinks editor={editor} />
        <LinkPreview editor={editor} />
      </>
    )
  );
}

function BrokenLinks({ editor }: { editor: Editor }) {
  const targets = useTargets(editor);
  const broken = useBrokenTargets(targets);
  const keys = broken.map(targetKey).sort().join(" ");

  useEffect(() => {
    editor.registerPlugin(brokenLinksPlugin());
    return () => {
      if (!editor.isDestroyed) editor.unregisterPlugin(brokenLinksKey);
    };
  }, [editor]);

  useEffect(() => {
    const broken = new Set(keys ? keys.split(" ") : []);
    editor.view.dispatch(
      editor.state.tr.setMeta(brokenLinksKey, broken).setMeta("addToHistory", false),
    );
  }, [editor, keys]);
  return null;
}

const SETTLE_MS = 700;

/** What the links of the text point to, a moment after the typing hand. */
function useTargets(editor: Editor): LinkTarget[] {
  const [written, setWritten] = useState(() => keysOf(editor));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setWritten(keysOf(editor)), SETTLE_MS);
    };
    soon();
    editor.on("update", soon);
    return () => {
      clearTimeout(timer);
      editor.off("update", soon);
    };
  }, [editor]);
  return useMemo(() => written.split(" ").flatMap(fromKey), [written]);
}

/** As one text: then it is seen that nothing changed. */
const keysOf = (editor: Editor) => linkedTargets(editor.state.doc).map(targetKey).sort().join(" ");

function fromKey(key: string): LinkTarget[] {
  const [target, id] = key.split("/");
  return id && (target === "document" || target === "task") ? [{ target, id }] : [];
}
