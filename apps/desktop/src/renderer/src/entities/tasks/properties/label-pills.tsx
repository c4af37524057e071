import type { Label } from "@/entities/workspaces/workspace.ts";
import { Chip } from "@/ui/icons/chip.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { wholeNames } from "./whole-names.ts";

type ShownLabel = Pick<Label, "id" | "name"> & { color: string | null };

type Props = {
  labels: readonly ShownLabel[];
  /** Pixels. */
  space: number;
};

/** A task's labels in one line: by name as long as whole names fit, the others as dots. */
export function LabelPills({ labels, space }: Props) {
  const count = wholeNames(
    labels.map(({ name }) => name),
    space,
  );
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {labels.slice(0, count).map((label) => (
        <Chip key={label.id} icon={<LabelDot color={label.color} />} title={label.name}>
          <bdi>{label.name}</bdi>
        </Chip>
      ))}
      {count < labels.length && <Dots labels={labels.slice(count)} />}
    </span>
  );
}

/** More than these are only counted. */
const MOST_DOTS = 3;

function Dots({ labels }: { labels: readonly ShownLabel[] }) {
  const names = labels.map(({ name }) => name).join(", ");
  const isMany = labels.length > MOST_DOTS;
  return (
    <span
      title={names}
      className="inline-flex h-5 shrink-0 items-center gap-1 rounded-full border px-1.5 text-12 text-muted"
    >
      {isMany ? (
        <span aria-hidden="true">+{labels.length}</span>
      ) : (
        labels.map(({ id, color }) => <LabelDot key={id} color={color} />)
      )}
      <span className="sr-only">{names}</span>
    </span>
  );
}
