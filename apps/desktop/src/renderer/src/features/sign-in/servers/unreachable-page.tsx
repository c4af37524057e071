import { lazy, Suspense, useEffect, useState } from "react";
import { createRetry } from "@/lib/retry.ts";
import { platform } from "@/platform/platform.ts";
import { Button } from "@/ui/controls/button.tsx";
import { AuthFrame } from "@/ui/layout/auth-frame.tsx";

const ServerReason = lazy(() => import("./server-reason.tsx"));

const WAITS = { firstMs: 5_000, lastMs: 5_000 };

type Props = {
  retry: () => void;
  /** Only where another server can be named: the desktop app. */
  onChangeServer?: () => void;
};

/** No answer, and nobody known here: says so, and goes on asking by itself. */
export function UnreachablePage({ retry, onChangeServer }: Props) {
  // Each failed try brings a new `retry`: while it is still the one that was called, it is under way.
  const [tried, setTried] = useState<Props["retry"] | null>(null);

  useEffect(() => {
    const again = createRetry(() => {
      setTried(() => retry);
      retry();
    }, WAITS);
    again.later();
    return again.stop;
  }, [retry]);

  return (
    <AuthFrame title="Can't reach the server">
      <p className="mb-5 text-14 text-muted" role="status">
        Guildhall didn't respond. It may be restarting, or your computer may be offline. Unsent
        changes are kept on this computer. This page retries automatically.
      </p>
      {platform.servers && (
        <Suspense fallback={null}>
          <ServerReason retry={retry} />
        </Suspense>
      )}
      <div className="grid gap-2">
        <Button
          variant="primary"
          size="large"
          wide
          busy={tried === retry}
          onClick={() => {
            setTried(() => retry);
            retry();
          }}
        >
          Try again now
        </Button>
        {onChangeServer && (
          <Button size="large" wide onClick={onChangeServer}>
            Use a different server
          </Button>
        )}
      </div>
    </AuthFrame>
  );
}
