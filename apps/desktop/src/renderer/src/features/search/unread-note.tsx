import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { formatNumber } from "@/lib/locale.ts";
import { paths } from "@/lib/paths.ts";
import { trpc } from "@/sync/trpc.ts";
import { Link } from "@/ui/controls/link.tsx";

const LOOK_AGAIN_MS = 5_000;
/** Named before "and n more". */
const NAMED = 3;

/** What the search cannot know: documents that are not read yet, and those that could not be. */
export function UnreadNote() {
  const { id: workspaceId } = useWorkspace();
  const { data } = trpc.documents.unread.useQuery(
    { workspaceId },
    {
      staleTime: LOOK_AGAIN_MS,
      gcTime: 0,
      refetchInterval: ({ state }) => (state.data?.waiting ? LOOK_AGAIN_MS : false),
    },
  );
  if (!data || data.waiting + data.unreadable === 0) return null;
  const named = data.documents.slice(0, NAMED);
  const more = data.unreadable - named.length;
  return (
    <div
      role="status"
      className="mx-auto mt-2 max-w-[760px] rounded-control bg-warning-soft px-2 py-1 text-12"
    >
      {data.waiting > 0 && (
        <p>
          {data.waiting === 1
            ? "1 document is still being indexed. It may be missing from the results."
            : `${formatNumber(data.waiting)} documents are still being indexed. They may be missing from the results.`}
        </p>
      )}
      {data.unreadable > 0 && (
        <p>
          {data.unreadable === 1
            ? "The text of 1 document couldn't be read, so it can only be found by its title: "
            : `The texts of ${formatNumber(data.unreadable)} documents couldn't be read, so they can only be found by their titles: `}
          {named.map(({ id, title }, i) => (
            <span key={id}>
              {i > 0 && ", "}
              <Link href={paths.document(workspaceId, id)} className="underline">
                {title || "Untitled"}
              </Link>
            </span>
          ))}
          {more > 0 && ` and ${formatNumber(more)} more`}.
        </p>
      )}
    </div>
  );
}
