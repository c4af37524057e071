import { AuthFrame } from "@/ui/layout/auth-frame.tsx";
import { FactorsSection } from "./factors-section.tsx";

type Props = { workspaceName: string; onReady: () => void };

/** Instead of a workspace that one sees only with a second factor: what to do, right here. */
export default function FactorNeeded({ workspaceName, onReady }: Props) {
  return (
    <AuthFrame title={`${workspaceName} requires a second factor`}>
      <p className="mb-2 text-13 text-muted">
        Everyone here signs in with more than a password. Set up a passkey or an authenticator app
        to continue. Nothing of yours was changed, and what you haven't sent yet is kept on this
        computer.
      </p>
      <FactorsSection onFirst={onReady} />
    </AuthFrame>
  );
}
