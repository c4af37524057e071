import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";
import { useQuery } from "@tanstack/react-query";
import { queryKey } from "@/sync/procedures.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

export type Moment = RouterInputs["activity"]["boardAt"]["moment"];
type Answer = RouterOutputs["activity"]["boardAt"];
export type BoardAt = Omit<Answer, "nextCursor">;

/** A project's board as it was at that moment, whole. */
export function useBoardAt(projectId: string, moment: Moment) {
  const { connection } = useSyncClient();
  const asked = { projectId, moment };
  const { data, error, refetch } = useQuery({
    queryKey: queryKey("activity.boardAt", asked) as readonly unknown[],
    queryFn: async ({ signal }): Promise<BoardAt> => {
      const read = (more: object) =>
        connection.client.activity.boardAt.query({ ...asked, ...more }, { signal });
      const first: Answer = await read({});
      const items = [...first.items];
      for (let cursor = first.nextCursor; cursor !== null; ) {
        // By the number of the first answer: what happens meanwhile is after it.
        const page: Answer = await read({ moment: { seq: first.seq }, cursor });
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return { ...first, items };
    },
  });
  return { board: data, error, retry: () => void refetch() };
}
