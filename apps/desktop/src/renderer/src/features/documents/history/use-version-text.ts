import { type NodeJson, readDocument } from "@guildhall/document-model";
import { useEffect, useMemo, useState } from "react";
import { applyUpdate, Doc } from "yjs";
import { useVersionState } from "@/entities/documents/sync/use-versions.ts";

/** What a version says; undefined until it is read. */
export function useVersionText(documentId: string, versionId: string | null) {
  const { state, error, retry } = useVersionState(documentId, versionId);
  const json = useMemo(() => (state ? readState(state) : undefined), [state]);
  return { json, error, retry };
}

function readState(base64: string): NodeJson {
  const doc = new Doc();
  applyUpdate(
    doc,
    Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
  );
  const json = readDocument(doc);
  doc.destroy();
  return json;
}

const SOON_MS = 800;

/** What the document says now; follows what is written, a moment behind. */
export function usePresentText(doc: Doc): NodeJson {
  const [json, setJson] = useState(() => readDocument(doc));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      setJson(readDocument(doc));
    };
    const soon = () => {
      timer ??= setTimeout(read, SOON_MS);
    };
    doc.on("update", soon);
    return () => {
      clearTimeout(timer);
      doc.off("update", soon);
    };
  }, [doc]);
  return json;
}
