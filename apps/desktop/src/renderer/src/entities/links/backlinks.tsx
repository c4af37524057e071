import { FileText } from "lucide-react";
import { useId } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { trpc } from "@/sync/trpc.ts";
import { Link } from "@/ui/controls/link.tsx";
import type { LinkTarget } from "./link-targets.ts";

/** Links are read from the texts in the background: the list comes again now and then. */
const LOOK_AGAIN_MS = 60_000;

/** The documents whose text points here; nothing where there are none. */
export function Backlinks({ target, id }: LinkTarget) {
  const titleId = useId();
  const { id: workspaceId } = useWorkspace();
  const { data } = trpc.documents.backlinks.useQuery(
    { target, id },
    { staleTime: 0, refetchInterval: LOOK_AGAIN_MS },
  );
  if (!data?.length) return null;
  return (
    <section aria-labelledby={titleId} className="mt-6 border-t pt-4">
      <h2 id={titleId} className="font-medium text-13 text-muted">
        {data.length === 1 ? "Linked from 1 document" : `Linked from ${data.length} documents`}
      </h2>
      <ul className="-mx-2 mt-1">
        {data.map((document) => (
          <li key={document.id}>
            <Link
              href={paths.document(workspaceId, document.id)}
              className="flex min-h-8 items-baseline gap-2 rounded-control px-2 py-1.5 hover:bg-hover"
            >
              <span className="grid h-4 w-4 shrink-0 translate-y-0.5 place-items-center">
                {document.icon ?? <FileText size={14} className="text-muted" aria-hidden="true" />}
              </span>
              <span dir="auto" className="max-w-[60%] shrink-0 truncate font-medium text-13">
                {document.title || "Untitled"}
              </span>
              <span dir="auto" className="min-w-0 truncate text-12 text-muted">
                {document.excerpt}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
