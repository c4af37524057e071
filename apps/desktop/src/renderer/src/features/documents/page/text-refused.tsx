import { documentEdits } from "@/entities/documents/sync/texts/edits.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { copyText } from "@/ui/controls/copy-text.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { notify } from "@/ui/overlays/toast.ts";

type Props = {
  refusal: { message: string };
  /** The text is then to be read again. */
  onDecided: () => void;
};

/** What was written here was refused for good: it stays to be copied, and is sent no more. */
export function TextRefused({ refusal, onDecided }: Props) {
  const edits = useSyncClient().queue(documentEdits);
  const { document, editor } = useDocumentEditor();

  async function copy() {
    await copyText(editor?.getText({ blockSeparator: "\n\n" }) ?? "");
    notify({ title: "Copied the document with your changes" });
  }

  async function discard() {
    await edits.discard(document.id);
    onDecided();
  }

  async function retry() {
    await edits.retry(document.id);
    onDecided();
  }

  return (
    <div className="document-column pt-4">
      <ErrorNotice
        title="Your changes weren't saved"
        command={
          <>
            <Button size="small" onClick={copy}>
              Copy text
            </Button>
            <Button size="small" onClick={retry}>
              Try again
            </Button>
            <Button size="small" variant="ghost" onClick={discard}>
              Discard my changes
            </Button>
          </>
        }
      >
        {refusal.message} They're still in the text below, and they stay on this computer until you
        decide.
      </ErrorNotice>
    </div>
  );
}
