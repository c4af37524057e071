import { lazy, Suspense, useState } from "react";
import { Popover } from "@/ui/overlays/popover.tsx";
import type { CommentView } from "./sync/comment-view.ts";

const EarlierVersions = lazy(() => import("./earlier-versions.tsx"));

/** Says that it was edited, and opens what it said before. */
export function Edited({ comment }: { comment: CommentView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <span>
      ·{" "}
      <Popover
        label="Earlier versions"
        open={isOpen}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            aria-label="Edited: show earlier versions"
            className="rounded-control hover:text-ink hover:underline"
          >
            edited
          </button>
        }
      >
        <Suspense fallback={<div className="h-24 w-80" />}>
          <EarlierVersions comment={comment} />
        </Suspense>
      </Popover>
    </span>
  );
}
