import type { NodeJson } from "@guildhall/document-model";
import type { DocumentVersion } from "@/entities/documents/sync/document.ts";
import { useNameVersion, useVersions } from "@/entities/documents/sync/use-versions.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { formatDayName, formatSession } from "./version-time.tsx";

/**
 * Makes the text what it was: an edit of this person's like any other, which everybody sees and which
 * can be undone. How it read until then is kept with a name first, if the server can be asked.
 */
export function useRestore(version: DocumentVersion) {
  const { document, editor } = useDocumentEditor();
  const { versions, writing } = useVersions(document.id);
  const nameVersion = useNameVersion(document.id);
  const words = version.name ?? `${formatDayName(version.createdAt)}, ${formatSession(version)}`;

  return async (json: NodeJson) => {
    if (!editor) return;
    const isNamed = !writing && versions[0]?.name;
    if (!isNamed) {
      // Offline it can still be undone, and what was written is in the history all the same.
      await nameVersion(null, `Before restoring ${words}`.slice(0, 200)).catch(() => {});
    }
    editor.commands.setContent(json);
    notify({
      title: `Restored the version from ${words}`,
      onUndo: () => editor.commands.undo(),
    });
  };
}
