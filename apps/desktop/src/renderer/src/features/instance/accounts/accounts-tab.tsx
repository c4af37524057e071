import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { PeoplePictures } from "@/entities/pictures/people-pictures.tsx";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { ListControls, useListAddress } from "../list/list-controls.tsx";
import type { Asked } from "./account-commands.ts";
import { AccountDialog } from "./account-dialog.tsx";
import { AccountRow } from "./account-row.tsx";

const shows = [
  { value: "all", label: "All accounts" },
  { value: "active", label: "Active" },
  { value: "deactivated", label: "Deactivated" },
  { value: "closed", label: "Closed" },
  { value: "administrators", label: "Administrators" },
] as const;
const orders = [
  { value: "created", label: "Newest first" },
  { value: "lastUsed", label: "Last used first" },
  { value: "name", label: "By name" },
  { value: "size", label: "Largest first" },
] as const;

export function AccountsTab() {
  const list = useListAddress(shows, orders);
  const { text, show, order } = list.asked;
  const [asked, setAsked] = useState<Asked | null>(null);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    trpc.instance.accounts.useInfiniteQuery(
      { filter: show, order, ...(text && { text }) },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
        placeholderData: keepPreviousData,
        staleTime: 0,
      },
    );
  const accounts = data?.pages.flatMap((page) => page.accounts);
  return (
    <>
      <ListControls
        label="Search accounts"
        placeholder="Name or email"
        shows={shows}
        orders={orders}
        list={list}
      />
      {error && (
        <ErrorNotice title="Couldn't load the accounts" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      )}
      {!accounts && !error && <Skeleton width="100%" height={224} />}
      {accounts?.length === 0 && (
        <p className="py-6 text-center text-13 text-muted">No matching accounts</p>
      )}
      {accounts && accounts.length > 0 && (
        <PeoplePictures people={accounts}>
          <Rows label="Accounts">
            {accounts.map((account) => (
              <AccountRow
                key={account.id}
                account={account}
                onAsk={(command) => setAsked({ account, command })}
              />
            ))}
          </Rows>
        </PeoplePictures>
      )}
      {hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      <AccountDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
