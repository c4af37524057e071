import type { BoardView } from "@/lib/paths.ts";
import { Skeleton } from "@/ui/layout/skeleton.tsx";

const cards = [5, 3, 4, 2];

/** Only before the first tasks of a project that was never open here. */
export function ViewSkeleton({ view }: { view: BoardView }) {
  return (
    <div role="status" aria-label="Loading tasks" className="min-h-0 flex-1 overflow-hidden">
      {view === "board" ? (
        <div className="flex gap-3 p-3">
          {cards.map((count, column) => (
            <div key={column} className="flex w-[280px] shrink-0 flex-col gap-2 p-2">
              <Skeleton width={112} height={20} />
              {Array.from({ length: count }, (_, card) => (
                <Skeleton key={card} width="100%" height={76} />
              ))}
            </div>
          ))}
        </div>
      ) : (
        <div className="grid gap-3 p-4">
          {Array.from({ length: 14 }, (_, row) => (
            <Skeleton key={row} width={`${90 - ((row * 17) % 40)}%`} height={20} />
          ))}
        </div>
      )}
    </div>
  );
}
