import { useEffect, useState } from "react";
import { platform } from "@/platform/platform.ts";
import { Button } from "@/ui/controls/button.tsx";
import type { LocalOffer } from "../../../../../shared/local.ts";

/** The way without any server: the app brings one, which runs on this computer only. */
export function UseThisComputer({ onUsed }: { onUsed: () => void }) {
  const [offer, setOffer] = useState<LocalOffer | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void platform.local?.getOffer().then(setOffer);
  }, []);
  if (!offer?.megabytes) return null;
  const { server, database } = offer.megabytes;

  async function use() {
    setBusy(true);
    setProblem(null);
    try {
      await platform.local?.use();
      onUsed();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  }

  return (
    <div className="mt-6 grid gap-2 border-line border-t pt-6">
      <Button size="large" wide busy={busy} onClick={use}>
        Use it on this computer
      </Button>
      <p className="text-12 text-muted">
        {problem ??
          `No server and no network needed; you can move it to a server later. It runs with this app (server ${server} MB, database ${database} MB, already here).`}
      </p>
    </div>
  );
}
