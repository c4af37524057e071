import { useEffect, useState } from "react";
import { platform } from "@/platform/platform.ts";
import type { ServerCheck } from "@/platform/servers.ts";
import ServerProblem from "./server-problem.tsx";

/** Why the server of this window can't be worked with, as far as the app can find out. */
export default function ServerReason({ retry }: { retry: () => void }) {
  const [found, setFound] = useState<ServerCheck | null>(null);
  // Each failed try brings a new `retry`.
  useEffect(() => {
    let isOver = false;
    const show = (check: ServerCheck) => isOver || setFound(check);
    void retry;
    // What can't be found out stays as it was said.
    platform.servers?.checkServer(null).then(show, () => undefined);
    return () => {
      isOver = true;
    };
  }, [retry]);
  if (!found || found.kind === "ok") return null;
  return (
    <div className="mb-5">
      <ServerProblem found={found} onTrusted={retry} />
    </div>
  );
}
