import { useState } from "react";
import {
  type Subject,
  useCommentMutations,
} from "@/entities/comments/sync/use-comment-mutations.ts";
import { useDraftText } from "@/entities/editor/stored-drafts.ts";
import { TypingLine } from "@/entities/presence/typing-line.tsx";
import { useTyping } from "@/entities/presence/use-presence.ts";
import type { Person } from "@/ui/people/avatar.tsx";
import { CommentEditor } from "./comment-editor.tsx";

type Props = {
  subject: Subject;
  /** Of what is done, for the list of what waits: "Comment on APP-12". */
  label: string;
  /** Where files that are dropped into it hang. */
  files: { taskId: string } | { documentId: string };
  /** The server has that place, so that something can hang there. */
  takesFiles?: boolean;
  /** Who may see it; undefined: the whole workspace. */
  people?: readonly Person[] | undefined;
  /** An answer in a thread: a button until it is opened. */
  isReply?: boolean;
};

/** Where a comment on a task or in a thread is written. */
export function CommentBox(props: Props) {
  const { subject, label, files, takesFiles = true, people, isReply = false } = props;
  const mutations = useCommentMutations();
  const about = idOf(subject);
  const [body, store] = useDraftText(`comment-on.${about}`, subjectOf(files));
  const typed = useTyping({ ...files, ...("threadId" in subject && subject) });
  const [isOpen, setOpen] = useState(!isReply || body !== "");

  function type(next: string) {
    store(next);
    typed(next.trim() === "");
  }
  function send() {
    if (!body.trim()) return;
    mutations.create(subject, body.trim(), label);
    type("");
    if (isReply) setOpen(false);
  }

  if (!isOpen) {
    return (
      <>
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="mt-3 h-8 w-full rounded-control border bg-surface px-2.5 text-left text-13 text-muted hover:border-line-strong"
        >
          Reply…
        </button>
        <TypingLine id={idOf(subject)} />
      </>
    );
  }
  return (
    <div className="mt-3">
      <CommentEditor
        label={isReply ? "Reply" : "Comment"}
        placeholder={isReply ? "Reply…" : "Write a comment…"}
        autoFocus={isReply}
        value={body}
        onValueChange={type}
        onSubmit={send}
        onCancel={isReply ? () => setOpen(false) : undefined}
        place={takesFiles ? files : null}
        people={people}
        submitLabel={isReply ? "Reply" : "Comment"}
      />
      <TypingLine id={idOf(subject)} />
    </div>
  );
}

const idOf = (subject: Subject) => ("taskId" in subject ? subject.taskId : subject.threadId);

const subjectOf = (files: Props["files"]) =>
  "taskId" in files
    ? { target: "task" as const, id: files.taskId }
    : { target: "document" as const, id: files.documentId };
