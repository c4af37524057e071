import { UserX } from "lucide-react";
import { useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { CloseAccountForm } from "./close-account-form.tsx";

export default function CloseAccountSection() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Close account"
      lead="You're signed out everywhere. For 14 days you can come back by signing in; then your personal data is erased. What you made stays in its workspaces."
    >
      <Button variant="danger" icon={<UserX size={14} />} onClick={() => setOpen(true)}>
        Close account…
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title="Close your account?">
        <CloseAccountForm />
      </Dialog>
    </Section>
  );
}
