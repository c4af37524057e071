import { useEffect } from "react";
import { TextView } from "@/entities/editor/reading/text-view.tsx";
import { trpc } from "@/sync/trpc.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import type { CommentView } from "./sync/comment-view.ts";

/** What a comment said before it was edited, newest first. */
export default function EarlierVersions({ comment }: { comment: CommentView }) {
  const { id, editedAt } = comment;
  const { data, error, refetch } = trpc.comments.versions.useQuery({ id });
  // Edited again while one reads.
  useEffect(() => void refetch(), [editedAt, refetch]);
  return (
    <div className="max-h-96 w-[min(24rem,calc(100vw-2rem))] overflow-y-auto p-3">
      <h4 className="mb-2 font-medium">Earlier versions</h4>
      {error && <p className="text-muted">They couldn't be loaded. Try again later.</p>}
      {data?.length === 0 && <p className="text-muted">Earlier versions weren't stored.</p>}
      <ol className="grid gap-3">
        {data?.map(({ at, body }) => (
          <li key={at.getTime()} className="border-t pt-2">
            <p className="mb-1 text-12 text-muted">
              <RelativeTime at={at} />
            </p>
            <TextView>{body}</TextView>
          </li>
        ))}
      </ol>
    </div>
  );
}
