import { AppFrame } from "@/ui/layout/app-frame.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";

const navWidths = [96, 72, 88];
const projectWidths = [120, 80, 136, 104];

/** The frame before its first workspace is here. */
export function WorkspaceSkeleton() {
  return (
    <AppFrame
      collapsed={window.innerWidth < 768}
      onCollapsedChange={() => undefined}
      sidebar={
        <div className="px-4">
          <div className="flex h-13 items-center">
            <Skeleton width={140} height={16} />
          </div>
          <div className="grid gap-4 pt-1">
            {navWidths.map((width) => (
              <Skeleton key={width} width={width} />
            ))}
          </div>
          <div className="mt-12 grid gap-4">
            {projectWidths.map((width) => (
              <Skeleton key={width} width={width} />
            ))}
          </div>
        </div>
      }
    >
      <div className="flex h-11 items-center border-b px-4">
        <Skeleton width={160} height={14} />
      </div>
      <p role="status" className="sr-only">
        Loading workspace
      </p>
    </AppFrame>
  );
}
