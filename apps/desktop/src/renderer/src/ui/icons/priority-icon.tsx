import { type Priority, priorityNames } from "@guildhall/api/client";

const bars = [
  { x: 1.5, y: 9, height: 5 },
  { x: 6.5, y: 6, height: 8 },
  { x: 11.5, y: 3, height: 11 },
];

const filled: Record<Priority, number> = { none: 0, low: 1, medium: 2, high: 3, urgent: 0 };

/** Bars like a signal's strength: read without a colour. Named unless its text stands beside it. */
export function PriorityIcon({ priority, named = false }: { priority: Priority; named?: boolean }) {
  const naming = named
    ? { role: "img", "aria-label": `Priority: ${priorityNames[priority]}` }
    : { "aria-hidden": true };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by its props, or hidden beside a text.
    <svg width="16" height="16" viewBox="0 0 16 16" className="shrink-0 text-muted" {...naming}>
      {priority === "urgent" ? (
        <>
          <rect x="1" y="1" width="14" height="14" rx="3.5" fill="var(--urgent)" />
          <path d="M8 4v5" stroke="var(--raised)" strokeWidth="2" strokeLinecap="round" />
          <circle cx="8" cy="11.8" r="1.15" fill="var(--raised)" />
        </>
      ) : priority === "none" ? (
        [1.5, 6.5, 11.5].map((x) => (
          <rect
            key={x}
            x={x}
            y="7.25"
            width="3"
            height="1.5"
            rx="0.75"
            fill="currentColor"
            opacity="0.75"
          />
        ))
      ) : (
        bars.map((bar, index) => (
          <rect
            key={bar.x}
            x={bar.x}
            y={bar.y}
            width="3"
            height={bar.height}
            rx="1"
            fill="currentColor"
            opacity={index < filled[priority] ? 1 : 0.28}
          />
        ))
      )}
    </svg>
  );
}
