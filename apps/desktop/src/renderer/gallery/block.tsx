import type { ReactNode } from "react";

/** One component of the gallery with its states. */
export function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0 break-inside-avoid rounded-panel border bg-surface p-4">
      <h2 className="mb-3 font-medium text-12 text-faint">{title}</h2>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </section>
  );
}
