import { useNavigate } from "@tanstack/react-router";
import { FileText, MessageSquareDashed, Trash2 } from "lucide-react";
import {
  storedDrafts,
  type UnsentDraft,
  useUnsentDrafts,
} from "@/entities/editor/stored-drafts.ts";
import { useLinkTarget } from "@/entities/links/use-link-targets.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { Cell, Row, RowGrid, type RowList, useRowList } from "@/ui/layout/row-list.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { plainText } from "@/ui/text/plain-text.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

/** What was begun on this device and not sent; Enter goes on with it, Delete discards it. */
export function DraftList() {
  const drafts = useUnsentDrafts();
  const { id: userId } = useMe();
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const byPlace = new Map(drafts.map((draft) => [draft.place, draft]));

  function open(draft: UnsentDraft | undefined) {
    if (draft) navigate({ to: pathOf(workspaceId, draft) });
  }
  function discard(place: string) {
    const stored = storedDrafts.read(userId, place);
    if (!stored) return;
    storedDrafts.remove(userId, place);
    const onUndo = () => storedDrafts.write(userId, place, stored);
    notify({ title: "Draft discarded", onUndo });
  }

  const list = useRowList({
    ...{ scroll: "drafts", group: "My work", noun: "draft", openId: null },
    ids: [...byPlace.keys()],
    keys: {
      Enter: (place) => open(byPlace.get(place)),
      Delete: discard,
      Backspace: discard,
    },
  });

  if (drafts.length === 0) {
    return (
      <EmptyState icon={<MessageSquareDashed size={18} />} title="No unsent comments">
        Comments that you begin on this device and don't send are kept here.
      </EmptyState>
    );
  }
  return (
    <RowGrid label="Drafts" list={list}>
      {drafts.map((draft) => (
        <DraftRow
          key={draft.place}
          draft={draft}
          list={list}
          onOpen={() => open(draft)}
          onDiscard={() => discard(draft.place)}
        />
      ))}
    </RowGrid>
  );
}

/** Of a task also by its id. */
const pathOf = (workspaceId: string, { target, id }: UnsentDraft) =>
  target === "task" ? paths.task(workspaceId, id) : paths.document(workspaceId, id);

type RowProps = { draft: UnsentDraft; list: RowList; onOpen: () => void; onDiscard: () => void };

function DraftRow({ draft, list, onOpen, onDiscard }: RowProps) {
  const { target, id, text, at, place } = draft;
  const known = useLinkTarget(target, id);
  const key = known && "key" in known ? known.key : null;
  const title = known === null ? "Deleted, or no longer yours to see" : known?.title || "Untitled";
  const Icon = target === "document" ? FileText : MessageSquareDashed;
  return (
    <Row id={place} list={list} onOpen={onOpen} className="flex gap-2.5 border-b py-2 pr-3 pl-3">
      <Cell className="flex min-w-0 flex-1 gap-2.5">
        <Icon size={14} className="mt-0.5 shrink-0 text-faint" aria-hidden="true" />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5">
            {key && <span className="shrink-0 text-12 text-muted tabular-nums">{key}</span>}
            <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
              {known === undefined ? "…" : title}
            </span>
            <span className="shrink-0 text-12 text-muted">
              <RelativeTime at={new Date(at)} />
            </span>
          </span>
          <span dir="auto" className="mt-0.5 line-clamp-2 text-12 text-muted">
            {plainText(text)}
          </span>
        </span>
      </Cell>
      {/* A click on it is not one on the row. */}
      <Cell onClick={(event) => event.stopPropagation()}>
        <IconButton
          label="Discard draft"
          size="small"
          icon={<Trash2 size={13} />}
          onClick={onDiscard}
        />
      </Cell>
    </Row>
  );
}
