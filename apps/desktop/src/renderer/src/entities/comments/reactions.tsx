import { SmilePlus } from "lucide-react";
import { useNameOf } from "@/entities/people/people.ts";
import { formatList } from "@/lib/locale.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { EmojiPopover } from "@/ui/emoji/emoji-choice.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Tooltip } from "@/ui/overlays/tooltip.tsx";
import type { CommentView } from "./sync/comment-view.ts";
import { useCommentMutations } from "./sync/use-comment-mutations.ts";

type Props = { comment: CommentView };

/** What others and I answered with, each once with how many did; a click joins or leaves them. */
export function Reactions({ comment }: Props) {
  const me = useMe();
  const { react } = useCommentMutations();
  const nameOf = useNameOf();
  if (comment.reactions.length === 0) return null;
  return (
    <ul aria-label="Reactions" className="mt-1.5 flex flex-wrap gap-1">
      {comment.reactions.map(({ emoji, userIds }) => {
        const isMine = userIds.includes(me.id);
        const names = formatList(userIds.map((id) => (id === me.id ? "You" : nameOf(id))));
        return (
          <li key={emoji}>
            <Tooltip label={`${names} reacted with ${emoji}`}>
              <button
                type="button"
                aria-pressed={isMine}
                aria-label={`${emoji} ${userIds.length}: ${names}`}
                onClick={() => react(comment, emoji, !isMine)}
                className={cx(
                  "flex h-6 items-center gap-1 rounded-full border px-2 text-12 tabular-nums",
                  isMine ? "border-accent bg-accent-soft" : "hover:border-line-strong",
                )}
              >
                <span>{emoji}</span>
                {userIds.length}
              </button>
            </Tooltip>
          </li>
        );
      })}
      <li>
        <AddReaction comment={comment} />
      </li>
    </ul>
  );
}

/** Opens all emoji; the one picked is set, or taken back when it was there. */
export function AddReaction({ comment }: Props) {
  const me = useMe();
  const { react } = useCommentMutations();
  return (
    <EmojiPopover
      label="Add reaction"
      trigger={<IconButton label="Add reaction" size="small" icon={<SmilePlus size={14} />} />}
      onPick={(emoji) => {
        if (!emoji) return;
        const there = comment.reactions.find((one) => one.emoji === emoji);
        react(comment, emoji, !there?.userIds.includes(me.id));
      }}
    />
  );
}
