import { SearchX } from "lucide-react";
import type { RefObject } from "react";
import { isFromDevice } from "@/entities/search/found.ts";
import type { SearchAddress } from "@/entities/search/search-params.ts";
import { Button } from "@/ui/controls/button.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { FoundRow } from "./found-row.tsx";
import type { useSearch } from "./use-search.ts";

type Props = {
  asked: SearchAddress;
  found: ReturnType<typeof useSearch>["found"];
  list: RefObject<HTMLUListElement | null>;
};

export function FoundList({ asked, found, list }: Props) {
  if (!found.data) return null;
  const items = found.data.pages.flatMap((page) => page.items);
  const waiting = found.data.pages[0]?.waiting ?? 0;
  const isOffline = isFromDevice(found.data.pages[0]);
  if (items.length === 0)
    return <NothingFound asked={asked} isBehind={waiting > MANY} isOffline={isOffline} />;
  return (
    <div className="mx-auto max-w-[792px] px-4 pt-2 pb-6 max-sm:px-1">
      {waiting > MANY && <BehindNote />}
      {isOffline && <OfflineNote />}
      {!asked.text && <h2 className="px-3 pt-1 pb-1 text-12 text-faint">Recently changed</h2>}
      <ul ref={list} aria-label="Results" aria-busy={found.isFetching}>
        {items.map((each) => (
          <li key={`${each.kind}/${each.id}`}>
            <FoundRow found={each} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <div className="px-3 pt-2">
          <Button
            variant="secondary"
            size="small"
            disabled={found.isFetchingNextPage}
            onClick={() => found.fetchNextPage()}
          >
            {found.isFetchingNextPage ? "Searching…" : "Show more"}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Fewer than these are made findable within the moment that a person needs to look. */
const MANY = 200;

const BehindNote = () => (
  <p role="status" className="mx-3 mb-1 rounded-control bg-warning-soft px-2 py-1 text-12">
    Recent changes are still being indexed. Some results may be missing for a few minutes.
  </p>
);

const OfflineNote = () => (
  <p role="status" className="mx-3 mb-1 rounded-control bg-inset px-2 py-1 text-12 text-muted">
    On this device: you're offline, so only what is kept here is searched.
  </p>
);

type NothingProps = { asked: SearchAddress; isBehind: boolean; isOffline: boolean };

function NothingFound({ asked, isBehind, isOffline }: NothingProps) {
  return (
    <EmptyState
      icon={<SearchX size={18} />}
      title={asked.text ? `No results for “${asked.text}”` : "No results"}
    >
      {isOffline
        ? "You're offline, so only what is kept on this device was searched."
        : isBehind
          ? "Recent changes are still being indexed. Try again in a few minutes."
          : "Try fewer words, the beginning of a word, or fewer filters."}
    </EmptyState>
  );
}
