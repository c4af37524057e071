import { lazy, Suspense, useState } from "react";
import { platform } from "@/platform/platform.ts";
import type { ServerCheck } from "@/platform/servers.ts";
import { ServerAddressForm } from "./server-address-form.tsx";
import { UseThisComputer } from "./use-this-computer.tsx";

const ServerProblem = lazy(() => import("./server-problem.tsx"));

/** The desktop app's first question, and its way to another server. */
export function ServerAddressPage({ onChosen }: { onChosen: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [found, setFound] = useState<ServerCheck | null>(null);

  async function choose(typed: string) {
    setBusy(true);
    setError(null);
    setFound(null);
    try {
      const check = await platform.servers?.checkServer(typed);
      if (check && check.kind !== "ok") return setFound(check);
      await platform.setServerUrl?.(typed);
      onChosen();
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal.message : String(refusal));
    } finally {
      setBusy(false);
    }
  }

  const problem = found && (
    <Suspense fallback={null}>
      <ServerProblem found={found} onTrusted={() => choose(found.serverUrl)} />
    </Suspense>
  );
  return (
    <ServerAddressForm
      onSubmit={choose}
      busy={busy}
      error={error}
      problem={problem}
      otherwise={<UseThisComputer onUsed={onChosen} />}
    />
  );
}
