import { keepPreviousData } from "@tanstack/react-query";
import { SearchIcon, SearchX } from "lucide-react";
import { useEffect, useState } from "react";
import { errorWords } from "@/sync/error-words.ts";
import { trpc } from "@/sync/trpc.ts";
import { useWorkspace } from "@/sync/use-workspace.ts";
import { EmptyState } from "@/ui/empty-state.tsx";
import { ErrorNotice } from "@/ui/error-notice.tsx";
import { ScreenHeader } from "@/ui/screen-header.tsx";
import { Spinner } from "@/ui/spinner.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { FoundTasks } from "./found-tasks.tsx";
import { useAddressQuery } from "./use-address-query.ts";

const PAUSE_MS = 150;
const SHOWN = 50;

/** Tasks of every project one may see, by words of their title or by their key. */
export function SearchScreen() {
  const { id: workspaceId } = useWorkspace();
  const [asked, setAsked] = useAddressQuery();
  const [typed, setTyped] = useState(asked);

  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, setAsked]);

  const found = trpc.tasks.search.useQuery(
    { workspaceId, query: asked, limit: SHOWN },
    // The feed does not know what would be found: asked afresh, with the last answer until then.
    {
      enabled: asked !== "",
      staleTime: 0,
      gcTime: 0,
      placeholderData: keepPreviousData,
      trpc: { abortOnUnmount: true },
    },
  );

  return (
    <>
      <ScreenHeader title="Search" />
      <div className="border-b px-4 py-3">
        <div className="relative mx-auto max-w-[760px]">
          <TextField
            label="Search for tasks"
            hideLabel
            type="search"
            size="large"
            autoFocus
            maxLength={200}
            icon={<SearchIcon size={15} />}
            placeholder="Words of a title, or a key such as APP-12"
            value={typed}
            onValueChange={setTyped}
          />
          {found.isFetching && (
            <span className="absolute inset-y-0 right-9 grid place-items-center text-muted">
              <Spinner />
            </span>
          )}
        </div>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {found.error ? (
          <div className="mx-auto max-w-[760px] p-4">
            <ErrorNotice title="The search failed" onRetry={() => found.refetch()}>
              {errorWords(found.error)}
            </ErrorNotice>
          </div>
        ) : (
          <Answer query={asked} tasks={asked ? found.data : undefined} />
        )}
      </div>
    </>
  );
}

type AnswerProps = { query: string; tasks: Parameters<typeof FoundTasks>[0]["tasks"] | undefined };

function Answer({ query, tasks }: AnswerProps) {
  if (!query) {
    return (
      <EmptyState icon={<SearchIcon size={18} />} title="Find a task">
        In every project you may see. The search in the command palette (Ctrl/⌘ K) finds the same
        from anywhere.
      </EmptyState>
    );
  }
  if (!tasks) return null;
  if (tasks.length === 0) {
    return (
      <EmptyState icon={<SearchX size={18} />} title={`Nothing found for “${query}”`}>
        Titles are searched for exactly these characters, in this order. Try fewer of them.
      </EmptyState>
    );
  }
  return <FoundTasks tasks={tasks} isFull={tasks.length === SHOWN} />;
}
