import { SearchX } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "@/ui/button.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { FoundRow } from "./found-row.tsx";
import type { SearchAddress } from "./search-address.ts";
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
  if (items.length === 0) return <NothingFound asked={asked} isBehind={waiting > MANY} />;
  return (
    <div className="mx-auto max-w-[792px] px-4 pt-2 pb-6 max-sm:px-1">
      {waiting > MANY && <BehindNote />}
      {!asked.text && <h2 className="px-3 pt-1 pb-1 text-12 text-faint">Changed last</h2>}
      <ul ref={list} aria-label="Found" aria-busy={found.isFetching}>
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
            {found.isFetchingNextPage ? "Looking…" : "Show more"}
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
    Much has changed at once, after an import or an upgrade, and is still being made findable. Some
    things may be missing for a few minutes.
  </p>
);

function NothingFound({ asked, isBehind }: { asked: SearchAddress; isBehind: boolean }) {
  return (
    <EmptyState
      icon={<SearchX size={18} />}
      title={asked.text ? `Nothing found for “${asked.text}”` : "Nothing here"}
    >
      {isBehind
        ? "Much has changed at once and is still being made findable: look again in a few minutes."
        : "Try fewer words, or the beginning of one, and fewer filters."}
    </EmptyState>
  );
}
