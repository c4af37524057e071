import type { StatusCategory } from "@guildhall/api/client";

export const categoryNames: Record<StatusCategory, string> = {
  backlog: "Backlog",
  unstarted: "Not started",
  started: "Started",
  completed: "Completed",
  cancelled: "Cancelled",
};

type Props = {
  category: StatusCategory;
  /** How far among the started ones, 0–1: "In review" is fuller than "In progress". */
  progress?: number;
  size?: 14 | 16;
  /** Given where no text says it. */
  label?: string;
};

export function StatusIcon({ category, progress = 0.5, size = 14, label }: Props) {
  const naming = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by its props, or hidden beside a text.
    <svg
      width={size}
      height={size}
      viewBox="0 0 14 14"
      fill="none"
      className="shrink-0"
      style={{ color: `var(--status-${category})` }}
      {...naming}
    >
      <Glyph category={category} progress={progress} />
    </svg>
  );
}

function Glyph({ category, progress }: { category: StatusCategory; progress: number }) {
  if (category === "completed" || category === "cancelled") {
    const mark =
      category === "completed" ? "M4.2 7.2 6.2 9.2 9.9 5.2" : "m4.9 4.9 4.2 4.2M9.1 4.9 4.9 9.1";
    return (
      <>
        <circle cx="7" cy="7" r="6.25" fill="currentColor" />
        <path
          d={mark}
          stroke="var(--raised)"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </>
    );
  }
  return (
    <>
      <circle
        cx="7"
        cy="7"
        r="5.5"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={category === "backlog" ? "1.4 2.056" : undefined}
      />
      {category === "started" && (
        // A thick stroke on a small circle is a pie slice: its dash is how far the work is.
        <circle
          cx="7"
          cy="7"
          r="1.75"
          stroke="currentColor"
          strokeWidth="3.5"
          strokeDasharray={`${10.996 * progress} 10.996`}
          transform="rotate(-90 7 7)"
        />
      )}
    </>
  );
}
