import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { useTextFiles } from "@/entities/files/text-files.ts";
import type { CommentView } from "@/entities/tasks/sync/apply-optimistically.ts";
import { useDeepLinkTarget } from "@/lib/deep-link-target.ts";
import { useMe, useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Menu } from "@/ui/overlays/menu.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { Avatar } from "@/ui/people/avatar.tsx";
import { Markdown } from "@/ui/text/markdown.tsx";
import { MarkdownEditor } from "@/ui/text/markdown-editor.tsx";
import { setCheckbox } from "@/ui/text/markdown-edits.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

type Props = {
  comment: CommentView;
  authorName: string;
  /** Owners of the project may take away what others wrote. */
  mayDeleteAll: boolean;
};

export function CommentItem({ comment, authorName, mayDeleteAll }: Props) {
  const me = useMe();
  const { undo } = useSyncClient();
  const mutations = useCommentMutations();
  const [isEditing, setEditing] = useState(false);
  const isPointed = useDeepLinkTarget("comment") === comment.id;
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isPointed) place.current?.scrollIntoView({ block: "center" });
  }, [isPointed]);
  const isMine = comment.authorId === me.id && !comment.sourceAuthor;
  const author = comment.sourceAuthor ?? authorName;

  function remove() {
    const step = mutations.remove(comment);
    notify({ title: "Comment deleted", onUndo: () => undo.undo(step) });
  }

  return (
    <article
      ref={place}
      aria-label={`Comment by ${author}`}
      className={cx("group/comment rounded-panel border bg-card", isPointed && "border-focus")}
    >
      <header className="flex h-9 items-center gap-2 pr-1.5 pl-3 text-13">
        <Avatar
          person={{ id: comment.sourceAuthor ?? comment.authorId ?? "", name: author }}
          decorative
        />
        <span className="truncate font-medium">{author}</span>
        <span className="flex shrink-0 gap-1 text-12 text-muted">
          <RelativeTime at={comment.createdAt} />
          {comment.editedAt && <span>· edited</span>}
          {comment.sourceAuthor && <span>· imported</span>}
        </span>
        <Sending edit={comment.edit} />
        {(isMine || mayDeleteAll) && !isEditing && (
          <span className="ml-auto opacity-0 transition-opacity focus-within:opacity-100 group-hover/comment:opacity-100 pointer-coarse:opacity-100">
            <Menu
              align="end"
              trigger={
                <IconButton label="Comment options" size="small" icon={<Ellipsis size={14} />} />
              }
              entries={[
                ...(isMine
                  ? [
                      {
                        label: "Edit",
                        icon: <Pencil size={14} />,
                        onSelect: () => setEditing(true),
                      },
                    ]
                  : []),
                { label: "Delete", icon: <Trash2 size={14} />, danger: true, onSelect: remove },
              ]}
            />
          </span>
        )}
      </header>
      {isEditing ? (
        <div className="px-2 pb-2">
          <EditComment comment={comment} onDone={() => setEditing(false)} />
        </div>
      ) : (
        <div className="px-3 pb-3">
          <Markdown
            onToggleTask={
              isMine
                ? (line, checked) =>
                    mutations.update(comment, setCheckbox(comment.body, line, checked))
                : undefined
            }
          >
            {comment.body}
          </Markdown>
        </div>
      )}
    </article>
  );
}

function Sending({ edit }: Pick<CommentView, "edit">) {
  if (!edit) return null;
  if (edit.state === "waiting") return <span className="text-12 text-muted">· sending</span>;
  return (
    <span role="alert" className="truncate text-12 text-danger-ink" title={edit.message}>
      Not sent: {edit.message}
    </span>
  );
}

function EditComment({ comment, onDone }: { comment: CommentView; onDone: () => void }) {
  const mutations = useCommentMutations();
  const putFiles = useTextFiles({ taskId: comment.taskId });
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
          <Button size="small" keys="mod+enter" disabled={!body.trim()} onClick={save}>
            Save
          </Button>
        </>
      }
    />
  );
}
