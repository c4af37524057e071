import { Skeleton } from "@/ui/layout/skeleton.tsx";

const widths = ["52%", "40%", "58%", "46%", "36%"];

export function InboxSkeleton() {
  return (
    <div role="status" aria-label="Loading your notifications" className="px-4 pt-3">
      {widths.map((width) => (
        <div key={width} className="grid h-14 content-center gap-2">
          <Skeleton width={width} />
          <Skeleton width="30%" />
        </div>
      ))}
    </div>
  );
}
