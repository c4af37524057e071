import { useState } from "react";
import { platform } from "@/platform/platform.ts";
import { ServerAddressForm } from "./server-address-form.tsx";

/** The desktop app's first question, and its way to another server. */
export function ServerAddressPage({ onChosen }: { onChosen: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function choose(typed: string) {
    setBusy(true);
    setError(null);
    try {
      await platform.setServerUrl?.(typed);
      onChosen();
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal.message : String(refusal));
    } finally {
      setBusy(false);
    }
  }

  return <ServerAddressForm onSubmit={choose} busy={busy} error={error} />;
}
