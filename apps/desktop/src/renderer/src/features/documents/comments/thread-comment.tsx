import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { DocumentCommentView } from "@/entities/comments/sync/apply-to-threads.ts";
import { useThreadMutations } from "@/entities/comments/sync/use-threads.ts";
import { useTextFiles } from "@/entities/files/text-files.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { useMe, useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { Avatar } from "@/ui/people/avatar.tsx";
import { Markdown } from "@/ui/text/markdown.tsx";
import { MarkdownEditor } from "@/ui/text/markdown-editor.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

export function ThreadComment({ comment }: { comment: DocumentCommentView }) {
  const name = useNameOf()(comment.authorId);
  const [isEditing, setEditing] = useState(false);
  return (
    <article aria-label={`Comment by ${name}`} className="group/comment">
      <header className="flex h-6 items-center gap-2 text-13">
        <Avatar person={{ id: comment.authorId ?? "", name }} decorative />
        <span className="truncate font-medium">{name}</span>
        <span className="flex shrink-0 gap-1 text-12 text-muted">
          <RelativeTime at={comment.createdAt} />
          {comment.editedAt && <span>· edited</span>}
        </span>
        <Sending edit={comment.edit} />
        {!isEditing && <More comment={comment} onEdit={() => setEditing(true)} />}
      </header>
      {isEditing ? (
        <EditComment comment={comment} onDone={() => setEditing(false)} />
      ) : (
        <div className="mt-0.5 pl-7">
          <Markdown>{comment.body}</Markdown>
        </div>
      )}
    </article>
  );
}

function More({ comment, onEdit }: { comment: DocumentCommentView; onEdit: () => void }) {
  const me = useMe();
  const { undo } = useSyncClient();
  const mutations = useThreadMutations();
  const { document } = useDocumentEditor();
  const isMine = comment.authorId === me.id;
  if (!isMine && document.role !== "owner") return null;

  function remove() {
    const step = mutations.remove(comment);
    notify({ title: "Comment deleted", onUndo: () => undo.undo(step) });
  }
  const edit: MenuEntry = { label: "Edit", icon: <Pencil size={14} />, onSelect: onEdit };
  return (
    <span className="ml-auto opacity-0 transition-opacity focus-within:opacity-100 group-hover/comment:opacity-100 pointer-coarse:opacity-100">
      <Menu
        align="end"
        trigger={<IconButton label="Comment options" size="small" icon={<Ellipsis size={14} />} />}
        entries={[
          ...(isMine ? [edit] : []),
          { label: "Delete", icon: <Trash2 size={14} />, danger: true, onSelect: remove },
        ]}
      />
    </span>
  );
}

function Sending({ edit }: Pick<DocumentCommentView, "edit">) {
  if (!edit) return null;
  if (edit.state === "waiting") return <span className="text-12 text-muted">· sending</span>;
  return (
    <span role="alert" className="truncate text-12 text-danger-ink" title={edit.message}>
      Not sent: {edit.message}
    </span>
  );
}

function EditComment({ comment, onDone }: { comment: DocumentCommentView; onDone: () => void }) {
  const mutations = useThreadMutations();
  const putFiles = useTextFiles({ documentId: comment.documentId });
  const [body, setBody] = useState(comment.body);
  function save() {
    const next = body.trim();
    if (next && next !== comment.body) mutations.update(comment, next);
    onDone();
  }
  return (
    <MarkdownEditor
      label="Edit comment"
      autoFocus
      rows={2}
      value={body}
      onValueChange={setBody}
      onSubmit={save}
      onCancel={onDone}
      onFiles={putFiles}
      actions={
        <>
          <Button size="small" variant="ghost" onClick={onDone}>
            Cancel
          </Button>
          <Button size="small" disabled={!body.trim()} onClick={save}>
            Save
          </Button>
        </>
      }
    />
  );
}
