import type { ReactNode } from "react";

type Props = {
  icon: ReactNode;
  title: string;
  /** What this place is for. */
  children: ReactNode;
  /** The first step. */
  command?: ReactNode;
};

export function EmptyState({ icon, title, children, command }: Props) {
  return (
    <div className="flex h-full flex-col items-center justify-center px-6 py-12 text-center">
      <div className="mb-4 grid size-11 place-items-center rounded-panel border bg-surface text-muted shadow-card">
        {icon}
      </div>
      <h2 className="font-semibold text-14">{title}</h2>
      <p className="mt-1 max-w-[44ch] text-balance text-13 text-muted leading-5">{children}</p>
      {command && <div className="mt-5 flex gap-2">{command}</div>}
    </div>
  );
}
