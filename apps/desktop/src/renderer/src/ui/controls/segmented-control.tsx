import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { ReactNode } from "react";

type Segment<Value extends string> = { value: Value; label: string; icon?: ReactNode };

type Props<Value extends string> = {
  label: string;
  value: Value;
  segments: readonly Segment<Value>[];
  onValueChange: (value: Value) => void;
};

/** Two to four views of the same thing: Board | List, Light | Dark | System. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  segments,
  onValueChange,
}: Props<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      // Pressing the chosen one again would leave none chosen: it is ignored.
      onValueChange={([next]) => next && onValueChange(next)}
      className="inline-flex h-7 items-center rounded-control border bg-canvas p-0.5"
    >
      {segments.map((segment) => (
        <Toggle
          key={segment.value}
          value={segment.value}
          className="inline-flex h-full select-none items-center gap-1.5 rounded-[4px] px-2 font-medium text-12 text-muted transition-colors hover:text-ink data-pressed:bg-raised data-pressed:text-ink data-pressed:shadow-[0_0_0_1px_var(--line),var(--shadow-card)]"
        >
          {segment.icon}
          {/* In a narrow screen the icon stands for it, and the name is still read aloud. */}
          <span className={segment.icon ? "@max-lg/main:sr-only" : undefined}>{segment.label}</span>
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
