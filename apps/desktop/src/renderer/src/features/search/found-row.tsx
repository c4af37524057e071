import { shownName } from "@guildhall/api/client";
import type { Found } from "@/entities/search/found.ts";
import { FoundIcon } from "@/entities/search/found-icon.tsx";
import { foundAddress, foundPlace } from "@/entities/search/found-place.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { Link } from "@/ui/controls/link.tsx";
import { MarkedText } from "@/ui/text/marked-text.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

/** Two or three lines: what it is, what it says where it fits, where it stands. */
export function FoundRow({ found }: { found: Found }) {
  const workspace = useWorkspace();
  const author = workspace.members.find(({ userId }) => userId === found.authorId);
  const { title } = found;
  const text = found.kind === "file" ? shownName(title.text) : title.text;
  const place = foundPlace(workspace, found);
  return (
    <Link
      href={foundAddress(workspace, found)}
      className="flex gap-3 rounded-control px-3 py-2 hover:bg-hover focus-visible:-outline-offset-1"
    >
      <span className="grid h-5 w-4 shrink-0 place-items-center">
        <FoundIcon found={found} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="min-w-0 truncate font-medium text-14">
            {text ? <MarkedText {...title} text={text} /> : "Untitled"}
          </span>
          {found.isArchived && (
            <span className="shrink-0 rounded-control border px-1 text-12 text-muted">
              Archived
            </span>
          )}
          <span className="ml-auto shrink-0 text-12 text-faint">
            <RelativeTime at={found.updatedAt} />
          </span>
        </span>
        {found.snippet && (
          <span dir="auto" className="line-clamp-2 text-13 text-muted leading-5">
            <MarkedText {...found.snippet} />
          </span>
        )}
        <span className="mt-0.5 block truncate text-12 text-faint">
          {found.kind === "comment" && `Comment${author ? ` by ${author.name}` : ""} · `}
          {place || "Documents"}
        </span>
      </span>
    </Link>
  );
}
