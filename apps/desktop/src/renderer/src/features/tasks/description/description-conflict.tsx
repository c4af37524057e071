import { useState } from "react";
import { useHistory } from "@/entities/comments/sync/use-history.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { type Draft, keepBoth, keepMine, takeTheirs } from "./description-draft.ts";

type Props = { taskId: string; draft: Draft; onResolve: (next: Draft) => void };

/** Someone else saved another text while this one was written: said at once, decided by the person. */
export function DescriptionConflict({ taskId, draft, onResolve }: Props) {
  const [isOpen, setOpen] = useState(false);
  const who = useLastWriter(taskId);

  function resolve(next: Draft) {
    setOpen(false);
    onResolve(next);
  }

  function take() {
    const mine = draft;
    resolve(takeTheirs(draft));
    notify({ title: "Their version was kept", onUndo: () => onResolve(keepMine(mine)) });
  }

  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control bg-warning-soft px-3 py-2 text-13"
    >
      <p className="min-w-48 flex-1 text-warning-ink">
        {who} changed this description while you were editing. Your version is kept here and isn't
        saved yet.
      </p>
      <span className="flex gap-1.5">
        <Button size="small" onClick={() => setOpen(true)}>
          Compare
        </Button>
        <Button size="small" onClick={take}>
          Use theirs
        </Button>
        <Button size="small" onClick={() => resolve(keepMine(draft))}>
          Keep mine
        </Button>
      </span>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Two versions of this description"
        description="Nothing is saved until you choose."
        width="large"
        footer={
          <>
            <Button onClick={take}>Use theirs</Button>
            <Button onClick={() => resolve(keepMine(draft))}>Keep mine</Button>
            <Button variant="primary" onClick={() => resolve(keepBoth(draft))}>
              Keep both, one after the other
            </Button>
          </>
        }
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Side title="Yours" text={draft.text} other={draft.theirs ?? ""} />
          <Side title="Theirs" text={draft.theirs ?? ""} other={draft.text} />
        </div>
      </Dialog>
    </div>
  );
}

/** Whoever else edited the description last, as far as its story has been read. */
function useLastWriter(taskId: string): string {
  const me = useMe();
  const nameOf = useNameOf();
  const { items } = useHistory(taskId, true);
  const last = items.find(({ isDescribed, actorId }) => isDescribed && actorId !== me.id);
  return last ? nameOf(last.actorId) : "Someone";
}

/** Lines that the other text does not have are marked: what one would lose is seen at a glance. */
function Side({ title, text, other }: { title: string; text: string; other: string }) {
  const known = new Set(other.split("\n"));
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1 font-medium text-12 text-muted">{title}</h3>
      <div className="max-h-[46vh] overflow-y-auto whitespace-pre-wrap break-words rounded-control border bg-inset py-2 text-13 leading-5">
        {text.split("\n").map((line, index) => (
          <div key={index} className={known.has(line) ? "px-3" : "bg-accent-soft px-3"}>
            {line || "\u00a0"}
          </div>
        ))}
      </div>
    </section>
  );
}
