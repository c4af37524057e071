import { Search } from "lucide-react";
import { use, useCallback } from "react";
import { isFromDevice } from "@/entities/search/found.ts";
import { FoundIcon } from "@/entities/search/found-icon.tsx";
import { foundAddress, foundPlace } from "@/entities/search/found-place.ts";
import { nothingAsked, writeSearchAddress } from "@/entities/search/search-params.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import type { PaletteResult } from "@/ui/dialogs/command-palette.tsx";

const SHOWN = 8;
/** The longest question that is looked for. */
const LONGEST = 200;

/** Asks the server, which knows everything; a newer question calls the older one off. */
export function usePaletteSearch() {
  const { connection } = useSyncClient();
  const workspace = useWorkspace();
  const navigate = use(NavigateContext);
  return useCallback(
    async (query: string, signal: AbortSignal): Promise<PaletteResult[]> => {
      const text = query.slice(0, LONGEST);
      const answer = await connection.client.search.find.query(
        { workspaceId: workspace.id, text, limit: SHOWN },
        { signal },
      );
      const isHere = isFromDevice(answer);
      const items = answer.items.slice(0, SHOWN);
      const hasMore = answer.nextCursor !== null || answer.items.length > items.length;
      const results = items.map(
        (found): PaletteResult => ({
          id: `${found.kind}/${found.id}`,
          label: found.title.text || "Untitled",
          marks: found.title.marks,
          // What it says is shown where the title does not say why it is here.
          ...(found.title.marks.length === 0 && found.snippet && { snippet: found.snippet }),
          detail: [
            found.task?.key ?? foundPlace(workspace, found),
            ...(isHere ? ["on this device"] : []),
          ].join(" · "),
          icon: <FoundIcon found={found} />,
          run: () => navigate?.(foundAddress(workspace, found)),
        }),
      );
      if (!hasMore) return results;
      const all = paths.search(workspace.id) + writeSearchAddress({ ...nothingAsked, text });
      const more = { id: "search-everything", label: `See all results for “${text}”` };
      return [...results, { ...more, icon: <Search size={14} />, run: () => navigate?.(all) }];
    },
    [connection, workspace, navigate],
  );
}
