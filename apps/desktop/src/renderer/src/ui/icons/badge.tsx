import type { ReactNode } from "react";

const tones = {
  neutral: "bg-active text-muted",
  accent: "bg-accent-soft text-accent-ink",
  success: "bg-success-soft text-success-ink",
  warning: "bg-warning-soft text-warning-ink",
  danger: "bg-danger-soft text-danger-ink",
};

type Props = { tone?: keyof typeof tones; icon?: ReactNode; children: ReactNode };

/** A small fact about the thing beside it: a role, a count, "Archived", "Private". */
export function Badge({ tone = "neutral", icon, children }: Props) {
  return (
    <span
      className={`inline-flex h-[18px] shrink-0 items-center gap-1 rounded-[5px] px-1.5 font-medium text-12 tabular-nums ${tones[tone]}`}
    >
      {icon}
      {children}
    </span>
  );
}
