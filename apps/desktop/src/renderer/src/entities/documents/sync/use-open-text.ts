import { useEffect, useEffectEvent, useState } from "react";
import { type OpenDocument, openDocument } from "@/entities/documents/sync/texts/open-document.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { DocumentWithRole } from "./use-document.ts";

/** The text of this document, for the lifetime of the component. */
export function useOpenText(document: DocumentWithRole): OpenDocument {
  const sync = useSyncClient();
  const { id: documentId, workspaceId } = document;
  const title = useEffectEvent(() => document.title);
  const mayEdit = useEffectEvent(() => document.role !== "viewer");
  const [text] = useState(() => openDocument({ sync, workspaceId, documentId }));
  useEffect(() => {
    return text.open({ title: () => title(), mayEdit: () => mayEdit() });
  }, [text]);
  return text;
}
