import { History } from "lucide-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { DocumentVersion } from "@/entities/documents/sync/document.ts";
import { useVersions } from "@/entities/documents/sync/use-versions.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { Button } from "@/ui/controls/button.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { compareDocuments } from "./compare.ts";
import { useShownVersion } from "./use-shown-version.ts";
import { usePresentText, useVersionText } from "./use-version-text.ts";
import { type Showing, VersionBar } from "./version-bar.tsx";
import { VersionText } from "./version-text.tsx";
import "./history.css";

/** The text, or an earlier version over it while one is looked at. */
export function VersionOrText({ children }: { children: ReactNode }) {
  const [shown, show] = useShownVersion();
  const { editor } = useDocumentEditor();
  const isShown = shown !== null && editor !== null;
  return (
    <div className="relative flex min-w-0 flex-1">
      <div className="flex min-w-0 flex-1" inert={isShown}>
        {children}
      </div>
      {isShown && <Version key={shown} id={shown} onLeave={() => show(null)} />}
    </div>
  );
}

function Version({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { document } = useDocumentEditor();
  const { versions, isLoading, readOlder, isReading } = useVersions(document.id);
  useShortcut({ keys: "escape", label: "Back to document", group: "History" }, onLeave);
  const at = versions.findIndex((version) => version.id === id);
  const version = versions[at];
  return (
    <section
      aria-label="Earlier version"
      className="@container/version absolute inset-0 z-10 flex flex-col bg-surface"
    >
      {version ? (
        <Open version={version} before={versions[at + 1] ?? null} onLeave={onLeave} />
      ) : isLoading || isReading ? null : (
        <EmptyState
          icon={<History size={18} />}
          title="Version not found"
          command={
            <>
              {readOlder && <Button onClick={readOlder}>Show older versions</Button>}
              <Button onClick={onLeave}>Back to document</Button>
            </>
          }
        >
          Older unnamed versions are removed over time: one is kept for each day.
        </EmptyState>
      )}
    </section>
  );
}

type OpenProps = {
  version: DocumentVersion;
  /** The one before it; null for the first. */
  before: DocumentVersion | null;
  onLeave: () => void;
};

function Open({ version, before, onLeave }: OpenProps) {
  const { document, text } = useDocumentEditor();
  const [showing, setShowing] = useState<Showing>("since");
  const then = useVersionText(document.id, version.id);
  const earlier = useVersionText(document.id, showing === "own" ? (before?.id ?? null) : null);
  const now = usePresentText(text.doc);
  const scroller = useRef<HTMLDivElement>(null);

  const compared = useMemo(() => {
    if (!then.json) return null;
    if (showing === "text") return { doc: then.json, changes: 0 };
    if (showing === "since") return compareDocuments(then.json, now);
    const empty = { type: "doc", content: [] };
    const base = before ? earlier.json : empty;
    return base ? compareDocuments(base, then.json) : null;
  }, [showing, then.json, earlier.json, now, before]);

  const failed = then.error ?? (showing === "own" ? earlier.error : null);
  return (
    <>
      <VersionBar
        version={version}
        showing={showing}
        onShowing={setShowing}
        changes={compared && showing !== "text" ? compared.changes : null}
        json={then.json}
        scroller={scroller}
        onLeave={onLeave}
      />
      <div ref={scroller} className="document-scroller min-h-0 flex-1 overflow-y-auto">
        <div className="document-column pt-6">
          {failed && (
            <ErrorNotice title="Couldn't load this version" onRetry={then.retry}>
              {failed.message}
            </ErrorNotice>
          )}
          {compared && <VersionText json={compared.doc} label={labels[showing]} />}
        </div>
      </div>
    </>
  );
}

const labels: Record<Showing, string> = {
  since: "This version with later changes highlighted",
  own: "This version with its own changes highlighted",
  text: "Text of this version",
};
