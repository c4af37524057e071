import type { ReactNode } from "react";
import { Logo } from "@/ui/icons/logo.tsx";

type Props = {
  title: string;
  children: ReactNode;
  /** Below the form: the way to the other one. */
  footer?: ReactNode;
};

/** The page of all that comes before one is in: one quiet column. */
export function AuthFrame({ title, children, footer }: Props) {
  return (
    <main className="flex min-h-full flex-col items-center bg-surface px-6 pt-[16vh] pb-12">
      <div className="w-full max-w-[340px]">
        <Logo size={36} />
        <h1 className="mt-5 mb-6 font-semibold text-20 tracking-tight">{title}</h1>
        {children}
        {footer && <div className="mt-6 text-13 text-muted">{footer}</div>}
      </div>
    </main>
  );
}

/** A link inside the sentences of these pages. */
export const textLinkClass =
  "font-medium text-accent-ink underline decoration-current/30 underline-offset-2 hover:decoration-current";
