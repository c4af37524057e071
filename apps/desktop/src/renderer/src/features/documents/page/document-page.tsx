import type { Editor } from "@tiptap/core";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { DocumentWithRole } from "@/entities/documents/sync/use-document.ts";
import { useOpenText } from "@/entities/documents/sync/use-open-text.ts";
import { Backlinks } from "@/entities/links/backlinks.tsx";
import { FollowButton } from "@/entities/notifications/follow-button.tsx";
import { OfflineSign } from "@/entities/offline/offline-sign.tsx";
import { useLookAt } from "@/entities/presence/use-presence.ts";
import { DocumentComments } from "@/features/documents/comments/document-comments.tsx";
import { DocumentContext } from "@/features/documents/context/document-context.ts";
import { usePanel } from "@/features/documents/context/use-panel.ts";
import { DocumentEditorText } from "@/features/documents/editor/document-editor.tsx";
import { VersionOrText } from "@/features/documents/history/version-view.tsx";
import { DocumentLinks } from "@/features/documents/links/document-links.tsx";
import { DocumentPanel } from "@/features/documents/panels/document-panel.tsx";
import { PanelButtons } from "@/features/documents/panels/panel-buttons.tsx";
import { useObservable } from "@/lib/observable.ts";
import { usePageTitle } from "@/lib/page-title.ts";
import { paths } from "@/lib/paths.ts";
import { useRestoredScroll } from "@/ui/layout/restored-scroll.ts";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { AlsoInDocument } from "./also-in-document.tsx";
import { DocumentBreadcrumbs } from "./document-breadcrumbs.tsx";
import { DocumentCommands } from "./document-commands.tsx";
import { DocumentGone } from "./document-gone.tsx";
import { DocumentSkeleton } from "./document-skeleton.tsx";
import { DocumentTitle, type TypedTitle } from "./document-title.tsx";
import {
  beginEarlyText,
  EarlyText,
  type Leaving,
  leaveToText,
  useEarlyText,
  useTakeEarlyText,
} from "./early-text.tsx";
import { TextRefused } from "./text-refused.tsx";
import { WordCount } from "./word-count.tsx";
import "@/entities/documents/text/document-text.css";
import "@/entities/documents/text/document-nodes.css";
import "@/entities/documents/text/document-files.css";
import "@/entities/documents/text/document-code.css";

type Props = {
  document: DocumentWithRole;
  /** Made here a moment ago. */
  isFresh: boolean;
  typedTitle: TypedTitle;
  onLeave: () => void;
  /** Asks whether it is there, and this person's to see. */
  isThere: () => Promise<boolean>;
};

/** A document: its title and text in the middle, a panel with what belongs to it at the right. */
export default function DocumentPage(props: Props) {
  const [visit, setVisit] = useState(0);
  return <OpenPage key={visit} {...props} reopen={() => setVisit(visit + 1)} />;
}

function OpenPage({ document, isFresh, typedTitle, ...props }: Props & { reopen: () => void }) {
  const { onLeave, isThere, reopen } = props;
  const text = useOpenText(document);
  const state = useObservable(text.state);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [panel, openPanel] = usePanel();
  const scroller = useRef<HTMLDivElement>(null);
  useRestoredScroll(scroller, `document ${document.id}`);
  const mayEdit = document.role !== "viewer" && !document.archivedAt && !state.refusal;
  const context = useMemo(
    () => ({ document, mayEdit, text, editor }),
    [document, mayEdit, text, editor],
  );
  usePageTitle(document.title);
  useLookAt({ documentId: document.id });
  // Closed to this person and given back at once, as a place that is made private and they let in.
  const comeBack = useEffectEvent(async () => {
    if (await isThere()) reopen();
  });
  useEffect(() => {
    if (state.isLost) comeBack();
  }, [state.isLost]);
  const openAnew = useEffectEvent(reopen);
  useEffect(() => {
    if (state.isDiscarded) openAnew();
  }, [state.isDiscarded]);
  const early = useEarlyText(document.id);
  useTakeEarlyText(document.id, editor);
  const [isTitleFirst] = useState(isFresh && !early);
  const toText = (how: Leaving) =>
    editor ? leaveToText(editor, how) : beginEarlyText(document.id, how);

  if (state.isLost) {
    return (
      <>
        <ScreenHeader title={document.title || "Untitled"} />
        <DocumentGone onBack={onLeave} />
      </>
    );
  }
  return (
    <DocumentContext value={context}>
      <ScreenHeader
        title={document.title || "Untitled"}
        icon={document.icon && <span aria-hidden="true">{document.icon}</span>}
        breadcrumbs={<DocumentBreadcrumbs document={document} />}
        others={
          <span className="flex items-center gap-2">
            <AlsoInDocument />
            <OfflineSign place={{ kind: "document", id: document.id }} />
          </span>
        }
        commands={
          <>
            <PanelButtons open={panel} onOpen={openPanel} />
            <FollowButton
              about={{ entity: "document", id: document.id }}
              isKnown={document.version > 0}
              group="Document"
            />
            <DocumentCommands />
          </>
        }
      />
      <div className="flex min-h-0 flex-1">
        <VersionOrText>
          <div
            ref={scroller}
            className="document-scroller relative min-w-0 flex-1 overflow-y-auto"
            data-address={paths.document(document.workspaceId, document.id)}
          >
            {state.refusal && <TextRefused refusal={state.refusal} onDecided={reopen} />}
            <DocumentTitle
              document={document}
              typedTitle={typedTitle}
              readOnly={!mayEdit}
              onLeave={toText}
              takesFocus={isTitleFirst}
            />
            {early && <EarlyText documentId={document.id} />}
            {state.isRead ? (
              <DocumentEditorText
                document={document}
                text={text}
                mayEdit={mayEdit}
                onEditor={setEditor}
              />
            ) : (
              !isFresh && !early && <DocumentSkeleton />
            )}
            {editor && <WordCount editor={editor} />}
            <div className="document-column pb-8">
              <Backlinks target="document" id={document.id} />
            </div>
            <DocumentComments />
            <DocumentLinks />
          </div>
        </VersionOrText>
        <DocumentPanel open={panel} onOpen={openPanel} />
      </div>
    </DocumentContext>
  );
}
