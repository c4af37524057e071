import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { addresses } from "@/routes/addresses.ts";
import { useDocument } from "@/sync/documents/use-document.ts";
import { errorWords } from "@/sync/error-words.ts";
import { useWorkspace } from "@/sync/use-workspace.ts";
import { ErrorNotice } from "@/ui/error-notice.tsx";
import { ScreenHeader } from "@/ui/screen-header.tsx";
import { DocumentGone } from "./document-gone.tsx";
import { DocumentSkeleton } from "./document-skeleton.tsx";
import { FolderPage } from "./folder-page.tsx";

// The editor is as large as the rest of the app: a board does not wait for it.
const DocumentPage = lazy(() => import("./document-page.tsx"));

/** A document or a folder, at an address that can be sent to somebody. */
export function DocumentScreen() {
  const { documentId = "" } = useParams({ strict: false });
  return <OpenScreen key={documentId} id={documentId} />;
}

function OpenScreen({ id }: { id: string }) {
  const navigate = useNavigate();
  const { id: workspaceId } = useWorkspace();
  const { document, isGone, error, retry } = useDocument(id);
  const onLeave = () => navigate({ to: addresses.workspace(workspaceId) });

  if (document?.kind === "folder") return <FolderPage folder={document} />;
  if (document) {
    return (
      <Suspense fallback={<Reading title={document.title || "Untitled"} />}>
        <DocumentPage
          document={document}
          onLeave={onLeave}
          isThere={async () => (await retry()).isSuccess}
        />
      </Suspense>
    );
  }
  if (isGone) {
    return (
      <>
        <ScreenHeader title="Document" />
        <DocumentGone onBack={onLeave} />
      </>
    );
  }
  if (error) {
    return (
      <>
        <ScreenHeader title="Document" />
        <div className="mx-auto w-full max-w-[560px] px-5 py-8">
          <ErrorNotice title="Couldn't open this document" onRetry={() => retry()}>
            {errorWords(error)}
          </ErrorNotice>
        </div>
      </>
    );
  }
  return <Reading title="Document" />;
}

function Reading({ title }: { title: string }) {
  return (
    <>
      <ScreenHeader title={title} />
      <DocumentSkeleton />
    </>
  );
}
