import { keepPreviousData } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import type { Asked } from "./account-commands.ts";
import { AccountDialog } from "./account-dialog.tsx";
import { AccountRow } from "./account-row.tsx";

const filters = [
  { value: "all", label: "All accounts" },
  { value: "active", label: "Active" },
  { value: "deactivated", label: "Deactivated" },
  { value: "administrators", label: "Administrators" },
] as const;
type Filter = (typeof filters)[number]["value"];

export function AccountsTab() {
  const [text, setText] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const [asked, setAsked] = useState<Asked | null>(null);
  const sought = useDeferredValue(text.trim());
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    trpc.instance.accounts.useInfiniteQuery(
      { filter, ...(sought && { text: sought }) },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
        placeholderData: keepPreviousData,
        staleTime: 0,
      },
    );
  const accounts = data?.pages.flatMap((page) => page.accounts);
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <div className="min-w-48 flex-1">
          <TextField
            label="Search accounts"
            hideLabel
            type="search"
            placeholder="Name or email"
            icon={<Search size={14} />}
            maxLength={200}
            value={text}
            onValueChange={setText}
          />
        </div>
        <Select label="Show" value={filter} options={filters} onValueChange={setFilter} />
      </div>
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
        <Rows label="Accounts">
          {accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              onAsk={(command) => setAsked({ account, command })}
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
      <AccountDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
