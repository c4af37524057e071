import type { ReactNode } from "react";
import { Logo } from "@/ui/icons/logo.tsx";

type Props = {
  title: string;
  /** One sentence: what this step is for. */
  lead: ReactNode;
  /** From 1. */
  step?: number;
  children: ReactNode;
  footer?: ReactNode;
};

const STEPS = 3;

/** A page of the first run: one question at a time, and how far it goes. */
export function StepsFrame({ title, lead, step, children, footer }: Props) {
  return (
    <main className="flex min-h-full flex-col items-center bg-surface px-6 pt-[12vh] pb-12">
      <div className="w-full max-w-[480px]">
        <div className="flex items-center justify-between">
          <Logo size={36} />
          {step && (
            <span className="text-12 text-muted tabular-nums">
              Step {step} of {STEPS}
            </span>
          )}
        </div>
        <h1 className="mt-5 font-semibold text-20 tracking-tight">{title}</h1>
        <p className="mt-1 mb-6 text-14 text-muted">{lead}</p>
        {children}
        {footer && (
          <div className="mt-6 text-13 text-muted [&_a]:underline [&_a]:underline-offset-2">
            {footer}
          </div>
        )}
      </div>
    </main>
  );
}
