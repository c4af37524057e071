import { useEffect, useState } from "react";
import { Logo } from "@/ui/icons/logo.tsx";

/** Longer than a warm start takes: a page that comes at once is not announced. */
const SLOW_MS = 1_500;

/** The moment before it is known who is here, over the frame of index.html. */
export function StartingPage() {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main data-starting="" className="grid min-h-full place-items-center">
      <div role="status" className="flex h-20 flex-col items-center gap-4 text-13 text-muted">
        {isSlow && (
          <>
            <Logo size={36} />
            Connecting…
          </>
        )}
      </div>
    </main>
  );
}
