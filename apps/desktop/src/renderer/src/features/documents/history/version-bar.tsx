import type { NodeJson } from "@guildhall/document-model";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import type { RefObject } from "react";
import type { DocumentVersion } from "@/entities/documents/sync/document.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { Button } from "@/ui/controls/button.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { NameVersion } from "./name-version.tsx";
import { useRestore } from "./use-restore.ts";
import { formatDayName, VersionTime } from "./version-time.tsx";

/** Highlighted changes in a version: what became of it since, what was written then, or nothing. */
export type Showing = "since" | "own" | "text";

type Props = {
  version: DocumentVersion;
  showing: Showing;
  onShowing: (showing: Showing) => void;
  /** How many places differ; null while that is not known or asked. */
  changes: number | null;
  /** Undefined while it is read. */
  json: NodeJson | undefined;
  scroller: RefObject<HTMLElement | null>;
  onLeave: () => void;
};

export function VersionBar({ version, json, changes, scroller, onLeave, ...choice }: Props) {
  const { document, mayEdit } = useDocumentEditor();
  const restore = useRestore(version);
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b bg-canvas px-3 py-2">
      <div className="order-1 min-w-0 flex-1 basis-40">
        <h2 className="truncate font-medium text-13">
          {version.name ?? (
            <>
              {formatDayName(version.createdAt)}, <VersionTime version={version} />
            </>
          )}
        </h2>
        <p role="status" className="text-12 text-muted tabular-nums">
          {changes === null ? " " : formatChanges(changes, choice.showing)}
        </p>
      </div>
      {changes !== null && changes > 0 && <Steps scroller={scroller} />}
      <span className="order-3 flex flex-wrap items-center gap-2">
        <SegmentedControl
          label="Highlighted changes"
          value={choice.showing}
          onValueChange={choice.onShowing}
          segments={[
            { value: "since", label: "Changes since this version" },
            { value: "own", label: "Changes in this version" },
            { value: "text", label: "Text" },
          ]}
        />
        {mayEdit && <NameVersion documentId={document.id} version={version} />}
        {mayEdit && (
          <Button
            size="small"
            variant="primary"
            disabled={!json}
            onClick={async () => {
              if (!json) return;
              await restore(json);
              onLeave();
            }}
          >
            Restore
          </Button>
        )}
      </span>
      <span className="@2xl/version:order-4 order-2">
        <IconButton
          label="Back to document"
          keys="escape"
          icon={<X size={16} />}
          onClick={onLeave}
        />
      </span>
    </header>
  );
}

function formatChanges(changes: number, showing: Showing): string {
  if (changes === 0) return showing === "since" ? "Same as the current version" : "No changes";
  return changes === 1 ? "1 change" : `${changes} changes`;
}

/** From one marked place to the next. */
function Steps({ scroller }: Pick<Props, "scroller">) {
  function step(by: 1 | -1) {
    const box = scroller.current;
    if (!box) return;
    const middle = box.getBoundingClientRect().top + box.clientHeight / 3;
    const places = [...box.querySelectorAll("[data-place]")];
    const ahead = (place: Element) => (place.getBoundingClientRect().top - middle) * by > 4;
    const next = by > 0 ? places.find(ahead) : places.findLast(ahead);
    if (!next) return;
    box.scrollBy({ top: next.getBoundingClientRect().top - middle, behavior: "smooth" });
  }
  return (
    <span className="order-2 flex">
      <IconButton label="Previous change" icon={<ArrowUp size={15} />} onClick={() => step(-1)} />
      <IconButton label="Next change" icon={<ArrowDown size={15} />} onClick={() => step(1)} />
    </span>
  );
}
