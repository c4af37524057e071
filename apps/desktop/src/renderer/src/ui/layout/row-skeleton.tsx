import { Skeleton } from "@/ui/layout/skeleton.tsx";

const widths = ["46%", "38%", "54%", "30%", "42%", "50%", "34%"];

export function RowSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="px-4 pt-3">
      {widths.map((width) => (
        <div key={width} className="flex h-8 items-center gap-3">
          <Skeleton width={56} />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  );
}
