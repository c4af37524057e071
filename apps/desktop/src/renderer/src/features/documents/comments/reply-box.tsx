import { useState } from "react";
import type { ThreadView } from "@/entities/comments/sync/apply-to-threads.ts";
import { useThreadMutations } from "@/entities/comments/sync/use-threads.ts";
import { useTextFiles } from "@/entities/files/text-files.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { MarkdownEditor } from "@/ui/text/markdown-editor.tsx";

/** What is begun here and not sent is still here after a look elsewhere. */
const keyOf = (userId: string, threadId: string) => `guildhall.reply.${userId}.${threadId}`;

export function ReplyBox({ thread }: { thread: ThreadView }) {
  const mutations = useThreadMutations();
  const putFiles = useTextFiles({ documentId: thread.documentId });
  const key = keyOf(useMe().id, thread.id);
  const [body, setBody] = useState(() => localStorage.getItem(key) ?? "");
  const [isOpen, setOpen] = useState(body !== "");

  function type(next: string) {
    setBody(next);
    if (next) localStorage.setItem(key, next);
    else localStorage.removeItem(key);
  }

  function send() {
    if (!body.trim()) return;
    mutations.reply(thread, body.trim());
    type("");
    setOpen(false);
  }

  if (!isOpen) {
    return (
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="mt-3 h-8 w-full rounded-control border bg-surface px-2.5 text-left text-13 text-muted hover:border-line-strong"
      >
        Reply…
      </button>
    );
  }
  return (
    <div className="mt-3">
      <MarkdownEditor
        label="Reply"
        placeholder="Reply…"
        autoFocus
        rows={2}
        value={body}
        onValueChange={type}
        onSubmit={send}
        onCancel={() => setOpen(false)}
        onFiles={putFiles}
        actions={
          <Button size="small" disabled={!body.trim()} onClick={send}>
            Reply
          </Button>
        }
      />
    </div>
  );
}
