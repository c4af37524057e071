import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { formatBytes, formatCount } from "@/ui/format/format-count.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

/** All of them by size. What is within is not for administrators, unless they are members. */
export function WorkspacesTab() {
  const { data, error, refetch } = trpc.instance.workspaces.useQuery(undefined, { staleTime: 0 });
  if (!data) {
    if (!error) return <Skeleton width="100%" height={224} />;
    return (
      <ErrorNotice title="Couldn't load the workspaces" onRetry={() => refetch()}>
        {formatError(error)}
      </ErrorNotice>
    );
  }
  if (data.length === 0) {
    return <p className="py-6 text-center text-13 text-muted">There are no workspaces yet.</p>;
  }
  return (
    <>
      <p className="mb-3 text-13 text-muted">
        The largest first. Administrators see names and sizes, and nothing inside.
      </p>
      <Rows label="Workspaces">
        {data.map((workspace) => (
          <li key={workspace.id} className="flex min-h-14 items-center gap-3 px-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="min-w-0 truncate font-medium">{workspace.name}</span>
                {workspace.owners.length === 0 && <Badge tone="warning">No active owner</Badge>}
              </p>
              {workspace.owners.length > 0 && (
                <p className="truncate text-12 text-muted">
                  Owned by {workspace.owners.join(", ")}
                </p>
              )}
              <p className="text-12 text-muted">
                {formatCount(workspace.members, "member")} · {formatCount(workspace.tasks, "task")}{" "}
                · {formatCount(workspace.documents, "document")} ·{" "}
                {workspace.lastUsedAt ? (
                  <>
                    last changed <RelativeTime at={workspace.lastUsedAt} />
                  </>
                ) : (
                  <>
                    created <RelativeTime at={workspace.createdAt} />
                  </>
                )}
              </p>
            </div>
            <span className="shrink-0 text-13 tabular-nums">{formatBytes(workspace.bytes)}</span>
          </li>
        ))}
      </Rows>
    </>
  );
}
