import { AuthFrame } from "@/ui/layout/auth-frame.tsx";
import { FactorsSection } from "./factors-section.tsx";

type Props = {
  /** Who requires it: a workspace by its name, or this server. */
  by: string;
  onReady: () => void;
};

/** Instead of what one sees only with a second factor: what to do, right here. */
export default function FactorNeeded({ by, onReady }: Props) {
  return (
    <AuthFrame title={`${by} requires a second factor`}>
      <p className="mb-2 text-13 text-muted">
        Everyone here signs in with more than a password. Set up a passkey or an authenticator app
        to continue. Nothing of yours was changed, and what you haven't sent yet is kept on this
        computer.
      </p>
      <FactorsSection onFirst={onReady} />
    </AuthFrame>
  );
}
