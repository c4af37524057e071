import { FileX2 } from "lucide-react";
import { Button } from "@/ui/controls/button.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";

/** In the bin, or not to be seen: which of the two, the server does not tell either. */
export function DocumentGone({ onBack }: { onBack: () => void }) {
  return (
    <EmptyState
      icon={<FileX2 size={18} />}
      title="Document not found"
      command={<Button onClick={onBack}>Go to My work</Button>}
    >
      It was moved to the bin, or you don't have access to it. Anyone who can edit it can restore it
      from the bin.
    </EmptyState>
  );
}
