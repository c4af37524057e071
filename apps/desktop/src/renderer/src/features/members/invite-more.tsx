import { Link2, Users } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";

const InviteLinkDialog = lazy(() => import("./invite-link-dialog.tsx"));
const InviteManyDialog = lazy(() => import("./invite-many-dialog.tsx"));

/** What is not for one address: a link for whoever has it, or a pasted list. */
export function InviteMore() {
  const [shown, setShown] = useState<"link" | "many" | null>(null);
  const close = (isOpen: boolean) => !isOpen && setShown(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={<Link2 size={14} />} onClick={() => setShown("link")}>
        Create link
      </Button>
      <Button icon={<Users size={14} />} onClick={() => setShown("many")}>
        Invite several people
      </Button>
      <Suspense fallback={null}>
        {shown === "link" && <InviteLinkDialog open onOpenChange={close} />}
        {shown === "many" && <InviteManyDialog open onOpenChange={close} />}
      </Suspense>
    </div>
  );
}
