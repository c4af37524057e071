import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { type DocumentWithRole, useDocument } from "@/entities/documents/sync/use-document.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { DocumentGone } from "./document-gone.tsx";
import { DocumentSkeleton } from "./document-skeleton.tsx";
import { DocumentTitle, type TypedTitle } from "./document-title.tsx";
import { beginEarlyText, EarlyText, useEarlyText } from "./early-text.tsx";
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
  // Made here a moment ago: there is nothing to wait for, and its person is about to type.
  const [isFresh] = useState(document?.version === 0 && !document.title);
  // A field of its own each, first without the editor and then with it, but one text in both.
  const typedTitle = useState<string | null>(null);
  const onLeave = () => navigate({ to: paths.workspace(workspaceId) });

  if (document?.kind === "folder") return <FolderPage folder={document} />;
  if (document) {
    return (
      <Suspense
        fallback={
          isFresh ? (
            <Fresh document={document} typedTitle={typedTitle} />
          ) : (
            <Reading title={document.title || "Untitled"} />
          )
        }
      >
        <DocumentPage
          isFresh={isFresh}
          typedTitle={typedTitle}
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
            {formatError(error)}
          </ErrorNotice>
        </div>
      </>
    );
  }
  return <Reading title="Document" />;
}

/** Until the editor is loaded: the title is there to be typed. */
function Fresh({ document, typedTitle }: { document: DocumentWithRole; typedTitle: TypedTitle }) {
  const { id } = document;
  const early = useEarlyText(id);
  return (
    <>
      <ScreenHeader title={document.title || "Untitled"} />
      <DocumentTitle
        document={document}
        typedTitle={typedTitle}
        readOnly={false}
        onLeave={(how) => beginEarlyText(id, how)}
        takesFocus={!early}
      />
      {early && <EarlyText documentId={id} />}
    </>
  );
}

function Reading({ title }: { title: string }) {
  return (
    <>
      <ScreenHeader title={title} />
      <DocumentSkeleton />
    </>
  );
}
