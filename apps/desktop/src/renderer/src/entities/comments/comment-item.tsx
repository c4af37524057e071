import { AppWindow, Ellipsis, Link2, Pencil, Quote, Trash2 } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { setCheckbox } from "@/entities/editor/reading/set-checkbox.ts";
import { TextView } from "@/entities/editor/reading/text-view.tsx";
import { storedDrafts } from "@/entities/editor/stored-drafts.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { pointer, useDeepLinkTarget } from "@/lib/deep-link-target.ts";
import { appLinkTo, linkTo } from "@/platform/links.ts";
import { useMe, useSyncClient } from "@/sync/use-sync-client.ts";
import { copyText } from "@/ui/controls/copy-text.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { Avatar, type Person } from "@/ui/people/avatar.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { EditComment, editPlace } from "./edit-comment.tsx";
import { Edited } from "./edited.tsx";
import { quoteInto } from "./quoting.ts";
import { AddReaction, Reactions } from "./reactions.tsx";
import type { CommentView } from "./sync/comment-view.ts";

export type CommentProps = {
  comment: CommentView;
  /** Owners of what it is about may take away what others wrote. */
  mayDeleteAll: boolean;
  /** Path of the page that shows it. */
  path: string;
  /** Who may see it; undefined: the whole workspace. */
  people?: readonly Person[] | undefined;
  /** The first of a card, or a line among others of a thread. */
  isCard?: boolean;
  /** What else can be done with it, in front of the menu. */
  commands?: ReactNode;
};

/** One comment, on a task or in a thread of a document. */
export function CommentItem(props: CommentProps) {
  const { comment, mayDeleteAll, path, people, isCard = false, commands } = props;
  const me = useMe();
  const mutations = useCommentMutations();
  const [isEditing, setEditing] = useState(
    () => storedDrafts.read(me.id, editPlace(comment)) !== null,
  );
  const isTarget = useDeepLinkTarget("comment") === comment.id;
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isTarget) place.current?.scrollIntoView({ block: "center" });
  }, [isTarget]);
  const name = useNameOf()(comment.authorId);
  const author = comment.sourceAuthor ?? name;
  const isMine = comment.authorId === me.id && !comment.sourceAuthor;
  const tick = (line: number, checked: boolean) =>
    mutations.update(comment, setCheckbox(comment.body, line, checked));

  return (
    <article
      ref={place}
      aria-label={`Comment by ${author}`}
      className={cx(
        "group/comment",
        isTarget && (isCard ? "rounded-panel" : "rounded-control"),
        isTarget && "outline-2 outline-focus",
      )}
    >
      <header className={cx("flex items-center gap-2 text-13", isCard ? "h-9 pr-1.5 pl-3" : "h-6")}>
        <Avatar
          person={{ id: comment.sourceAuthor ?? comment.authorId ?? "", name: author }}
          decorative
        />
        <span className="truncate font-medium">{author}</span>
        <span className="flex shrink-0 gap-1 text-12 text-muted">
          <RelativeTime at={comment.createdAt} />
          {comment.editedAt && <Edited comment={comment} />}
          {comment.sourceAuthor && <span>· imported</span>}
        </span>
        <Sending edit={comment.edit} />
        {!isEditing && (
          <More
            comment={comment}
            path={path}
            author={author}
            commands={commands}
            onEdit={isMine ? () => setEditing(true) : null}
            mayDelete={isMine || mayDeleteAll}
          />
        )}
      </header>
      {isEditing ? (
        <div className={isCard ? "px-2 pb-2" : ""}>
          <EditComment comment={comment} people={people} onDone={() => setEditing(false)} />
        </div>
      ) : (
        <div className={isCard ? "px-3 pb-3" : "mt-0.5 pl-7"}>
          <TextView onToggleTask={isMine ? tick : undefined}>{comment.body}</TextView>
          <Reactions comment={comment} />
        </div>
      )}
    </article>
  );
}

type MoreProps = Pick<CommentProps, "comment" | "path" | "commands"> & {
  author: string;
  onEdit: (() => void) | null;
  mayDelete: boolean;
};

function More({ comment, path, author, commands, onEdit, mayDelete }: MoreProps) {
  const me = useMe();
  const { undo } = useSyncClient();
  const mutations = useCommentMutations();

  async function copyLink() {
    await copyText(await linkTo(path + pointer("comment", comment.id)));
    notify({ title: "Link copied" });
  }
  async function copyAppLink() {
    await copyText(await appLinkTo(path + pointer("comment", comment.id)));
    notify({ title: "Link for the app copied" });
  }
  function remove() {
    const step = mutations.remove(comment);
    notify({ title: "Comment deleted", onUndo: () => undo.undo(step) });
  }
  const { threadId, rootId, id, body } = comment;
  const entries: MenuEntry[] = [
    {
      label: "Quote in reply",
      icon: <Quote size={14} />,
      onSelect: () => quoteInto(me.id, threadId ?? rootId ?? id, { author, body }),
    },
    { label: "Copy link", icon: <Link2 size={14} />, onSelect: () => void copyLink() },
    {
      label: "Copy link for the app",
      icon: <AppWindow size={14} />,
      onSelect: () => void copyAppLink(),
    },
  ];
  if (onEdit) entries.unshift({ label: "Edit", icon: <Pencil size={14} />, onSelect: onEdit });
  if (mayDelete) {
    entries.push({ label: "Delete", icon: <Trash2 size={14} />, danger: true, onSelect: remove });
  }
  return (
    <span className="ml-auto flex opacity-0 transition-opacity focus-within:opacity-100 group-hover/comment:opacity-100 has-data-popup-open:opacity-100 pointer-coarse:opacity-100">
      <AddReaction comment={comment} />
      {commands}
      <Menu
        align="end"
        trigger={<IconButton label="Comment options" size="small" icon={<Ellipsis size={14} />} />}
        entries={entries}
      />
    </span>
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
