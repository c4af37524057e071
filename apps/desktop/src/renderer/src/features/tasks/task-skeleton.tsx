import { Skeleton } from "@/ui/layout/skeleton.tsx";

/** A title, five properties and a paragraph, until they are read for the first time. */
export function TaskSkeleton() {
  return (
    <div className="grid gap-3 px-5 py-5" role="status" aria-label="Loading task">
      <Skeleton width="70%" height={20} />
      <div className="my-3 grid gap-3.5">
        {["44%", "36%", "52%", "40%", "32%"].map((width) => (
          <Skeleton key={width} width={width} />
        ))}
      </div>
      <Skeleton width="94%" />
      <Skeleton width="88%" />
      <Skeleton width="61%" />
    </div>
  );
}
