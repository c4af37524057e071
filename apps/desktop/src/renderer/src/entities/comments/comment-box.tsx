import { useEffect, useEffectEvent, useState } from "react";
import {
  type Subject,
  useCommentMutations,
} from "@/entities/comments/sync/use-comment-mutations.ts";
import { storedDrafts, useDraftText } from "@/entities/editor/stored-drafts.ts";
import { TypingLine } from "@/entities/presence/typing-line.tsx";
import { useTyping } from "@/entities/presence/use-presence.ts";
import { useObservable } from "@/lib/observable.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import type { Person } from "@/ui/people/avatar.tsx";
import { CommentEditor } from "./comment-editor.tsx";
import { replying, replyPlace } from "./quoting.ts";

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
  onClose?: () => void;
};

const aboutOf = (subject: Subject) =>
  "taskId" in subject ? (subject.replyTo ?? subject.taskId) : subject.threadId;

/** Where a comment on a task or in a thread is written. */
export function CommentBox(props: Props) {
  const { subject, label, files, takesFiles = true, people, isReply = false, onClose } = props;
  const mutations = useCommentMutations();
  const about = aboutOf(subject);
  const [body, store] = useDraftText(replyPlace(about), subjectOf(files));
  const typed = useTyping({ ...files, ...("threadId" in subject && subject) });
  const [isOpen, setOpen] = useState(!isReply || body !== "" || replying.get()?.about === about);
  const me = useMe();
  const asked = useObservable(replying);
  const answer = useEffectEvent(() => {
    replying.set(null);
    store(storedDrafts.read(me.id, replyPlace(about))?.text ?? "");
    setOpen(true);
  });
  useEffect(() => {
    if (asked?.about === about) answer();
  }, [asked, about]);

  function type(next: string) {
    store(next);
    typed(next.trim() === "");
  }
  function send() {
    if (!body.trim()) return;
    mutations.create(subject, body.trim(), label);
    type("");
    close();
  }
  function close() {
    if (!isReply) return;
    setOpen(false);
    onClose?.();
  }

  // Who writes on a task is told once, where it ends.
  const typing = "taskId" in subject && subject.replyTo ? null : <TypingLine id={about} />;
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
        {typing}
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
        onCancel={isReply ? close : undefined}
        place={takesFiles ? files : null}
        people={people}
        submitLabel={isReply ? "Reply" : "Comment"}
      />
      {typing}
    </div>
  );
}

const subjectOf = (files: Props["files"]) =>
  "taskId" in files
    ? { target: "task" as const, id: files.taskId }
    : { target: "document" as const, id: files.documentId };
