import { ChevronDown, ChevronRight, History } from "lucide-react";
import { useMemo, useState } from "react";
import type { DocumentVersion } from "@/entities/documents/sync/document.ts";
import { useVersions } from "@/entities/documents/sync/use-versions.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { formatError } from "@/sync/format-error.ts";
import { Button } from "@/ui/controls/button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { NameVersion } from "./name-version.tsx";
import { useShownVersion } from "./use-shown-version.ts";
import { type VersionGroup, versionDays } from "./version-groups.ts";
import { VersionRow } from "./version-row.tsx";
import { dayOf, formatDayName } from "./version-time.tsx";
import { Writers } from "./writers.tsx";

/** How the document read before: by day, by who wrote, and by name. */
export function HistoryPanel() {
  const { document, mayEdit } = useDocumentEditor();
  const list = useVersions(document.id);
  const { versions, writing } = list;
  const [shown, show] = useShownVersion();
  const days = useMemo(() => versionDays(versions, dayOf), [versions]);
  const isEmpty = !list.isLoading && versions.length === 0 && !writing;

  return (
    <div className="px-2 pb-6">
      {list.error && list.isLoading && (
        <ErrorNotice title="Couldn't load the history" onRetry={list.retry}>
          {formatError(list.error)}
        </ErrorNotice>
      )}
      {isEmpty && <Nothing />}
      {!isEmpty && !list.isLoading && (
        <div className="mb-1 flex items-center gap-1">
          <button
            type="button"
            aria-current={shown === null}
            onClick={() => show(null)}
            className={cx(
              "min-w-0 flex-1 rounded-control px-2 py-1.5 text-left hover:bg-hover",
              shown === null && "bg-active",
            )}
          >
            <span className="block font-medium text-13">Now</span>
            {writing && <Writers ids={writing.authorIds} />}
          </button>
          {mayEdit && shown === null && <NameVersion documentId={document.id} version={null} />}
        </div>
      )}
      {days.map(({ day, groups }) => (
        <section key={day} aria-label={formatDayName(new Date(day))}>
          <h3 className="px-2 pt-3 pb-1 font-medium text-12 text-muted">
            {formatDayName(new Date(day))}
          </h3>
          <ul>
            {groups.map((group) => (
              <Group key={group.id} group={group} shown={shown} onShow={show} />
            ))}
          </ul>
        </section>
      ))}
      {list.readOlder && (
        <div className="px-2 pt-2">
          <Button size="small" variant="ghost" onClick={list.readOlder} busy={list.isReading}>
            Show older versions
          </Button>
        </div>
      )}
    </div>
  );
}

type GroupProps = {
  group: VersionGroup;
  shown: string | null;
  onShow: (versionId: string) => void;
};

function Group({ group: { versions }, shown, onShow }: GroupProps) {
  const [first, ...others] = versions;
  const [isOpen, setOpen] = useState(false);
  if (!first) return null;
  const isAll = isOpen || others.some(({ id }) => id === shown);
  const row = (version: DocumentVersion) => (
    <VersionRow
      key={version.id}
      version={version}
      isShown={version.id === shown}
      onShow={() => onShow(version.id)}
    />
  );
  return (
    <>
      {row(first)}
      {others.length > 0 && (
        <li>
          <button
            type="button"
            aria-expanded={isAll}
            onClick={() => setOpen(!isAll)}
            className="ml-1 flex h-6 items-center gap-1 rounded-control px-1 text-12 text-muted hover:bg-hover hover:text-ink"
          >
            {isAll ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
            {others.length === 1 ? "1 more" : `${others.length} more`}
          </button>
        </li>
      )}
      {isAll && others.map(row)}
    </>
  );
}

function Nothing() {
  return (
    <div className="px-2 pt-8 text-center">
      <History size={18} className="mx-auto text-faint" aria-hidden="true" />
      <p className="mt-2 font-medium text-13">No history yet</p>
      <p className="mx-auto mt-1 max-w-[32ch] text-balance text-12 text-muted leading-[18px]">
        Versions appear here as people edit the document, with what changed and who changed it.
      </p>
    </div>
  );
}
