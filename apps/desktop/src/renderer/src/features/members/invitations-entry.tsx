import { MailOpen } from "lucide-react";
import { useState } from "react";
import { MyInvitations } from "@/entities/invitations/my-invitations.tsx";
import { useMyInvitations } from "@/entities/invitations/use-my-invitations.ts";
import { Dialog } from "@/ui/dialogs/dialog.tsx";

/** In the sidebar, for as long as an invitation to another workspace waits. */
export function InvitationsEntry() {
  const mine = useMyInvitations();
  const [isOpen, setOpen] = useState(false);
  const count = mine.invitations.length;
  if (count === 0) return null;
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex h-7 items-center gap-2 rounded-control px-2 text-left font-medium text-muted transition-colors hover:bg-hover hover:text-ink focus-visible:-outline-offset-1"
      >
        <span className="grid size-4 shrink-0 place-items-center">
          <MailOpen size={16} aria-hidden="true" />
        </span>
        <span className="min-w-0 flex-1 truncate">Invitations</span>
        <span className="grid h-4 min-w-4 shrink-0 place-items-center rounded-full bg-accent px-1 text-12 text-on-accent leading-none tabular-nums">
          {count}
        </span>
      </button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Invitations"
        description="Others in a workspace see that you're a member only after you accept."
        width="small"
      >
        <MyInvitations {...mine} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
