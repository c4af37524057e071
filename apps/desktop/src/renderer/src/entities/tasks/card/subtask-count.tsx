type Props = { done: number; total: number };

/** A ring that fills, and the numbers. */
export function SubtaskCount({ done, total }: Props) {
  const round = 2 * Math.PI * 4.5;
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-12 text-muted tabular-nums">
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        fill="none"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        <circle cx="6" cy="6" r="4.5" stroke="var(--line-strong)" />
        <circle
          cx="6"
          cy="6"
          r="4.5"
          stroke={done === total ? "var(--status-completed)" : "var(--accent)"}
          strokeDasharray={`${(round * done) / Math.max(total, 1)} ${round}`}
          strokeLinecap={done > 0 ? "round" : "butt"}
          transform="rotate(-90 6 6)"
        />
      </svg>
      <span className="sr-only">Subtasks: </span>
      {done}/{total}
    </span>
  );
}
