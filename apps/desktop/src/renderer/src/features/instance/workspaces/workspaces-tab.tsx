import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { ListControls, useListAddress } from "../list/list-controls.tsx";
import type { AskedOfWorkspace } from "./workspace.ts";
import { WorkspaceDialogs } from "./workspace-dialogs.tsx";
import { WorkspaceRow } from "./workspace-row.tsx";

const shows = [
  { value: "all", label: "All workspaces" },
  { value: "noOwner", label: "Without an owner" },
  { value: "deleted", label: "Deleted" },
] as const;
const orders = [
  { value: "size", label: "Largest first" },
  { value: "lastUsed", label: "Last changed first" },
  { value: "members", label: "Most members first" },
  { value: "created", label: "Newest first" },
  { value: "name", label: "By name" },
] as const;

/** What is within is not for administrators, unless they are members. */
export function WorkspacesTab() {
  const list = useListAddress(shows, orders);
  const { text, show, order } = list.asked;
  const [asked, setAsked] = useState<AskedOfWorkspace | null>(null);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    trpc.instance.workspaces.useInfiniteQuery(
      { filter: show, order, ...(text && { text }) },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
        placeholderData: keepPreviousData,
        staleTime: 0,
      },
    );
  const workspaces = data?.pages.flatMap((page) => page.workspaces);
  return (
    <>
      <p className="mb-3 text-13 text-muted">
        Administrators see names and sizes, and nothing inside.
      </p>
      <ListControls
        label="Search workspaces"
        placeholder="Name"
        shows={shows}
        orders={orders}
        list={list}
      />
      {error && (
        <ErrorNotice title="Couldn't load the workspaces" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      )}
      {!workspaces && !error && <Skeleton width="100%" height={224} />}
      {workspaces?.length === 0 && (
        <p className="py-6 text-center text-13 text-muted">{nothing(show, text)}</p>
      )}
      {workspaces && workspaces.length > 0 && (
        <Rows label="Workspaces">
          {workspaces.map((workspace) => (
            <WorkspaceRow
              key={workspace.id}
              workspace={workspace}
              onAsk={(command) => setAsked({ workspace, command })}
            />
          ))}
        </Rows>
      )}
      {hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <WorkspaceDialogs asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function nothing(show: (typeof shows)[number]["value"], text: string) {
  if (text) return "No matching workspaces";
  if (show === "noOwner") return "Every workspace has an owner.";
  return show === "deleted" ? "No deleted workspaces" : "There are no workspaces yet.";
}
