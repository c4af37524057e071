import { Skeleton } from "@/ui/layout/skeleton.tsx";
import "./document.css";

/** A title and some lines, until the text is read for the first time. */
export function DocumentSkeleton() {
  return (
    <div className="document-column" role="status" aria-label="Loading document">
      <div className="grid gap-4 pt-16">
        <Skeleton width="48%" height={32} />
        <div className="h-2" />
        {["96%", "91%", "94%", "62%", "88%", "93%", "40%"].map((width) => (
          <Skeleton key={width} width={width} height={14} />
        ))}
      </div>
    </div>
  );
}
