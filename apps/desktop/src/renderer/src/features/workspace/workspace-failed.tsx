import type { ReactNode } from "react";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

type Props = { onRetry: () => void; children: ReactNode };

/** The workspace could not be read, and nothing of it is kept on this computer. */
export function WorkspaceFailed({ onRetry, children }: Props) {
  return (
    <main className="grid min-h-full place-items-center p-6">
      <div className="w-full max-w-[420px]">
        <h1 className="mb-3 font-semibold text-16">Couldn't open the workspace</h1>
        <ErrorNotice title="The server sent an unexpected answer" onRetry={onRetry}>
          {children}
        </ErrorNotice>
      </div>
    </main>
  );
}
