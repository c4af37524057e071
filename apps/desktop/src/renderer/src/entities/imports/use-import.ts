import { useMutation } from "@tanstack/react-query";
import { uuidv7 } from "uuidv7";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { ImportRow } from "./import-row.ts";

type Of<Kind> = Extract<ImportRow, { kind: Kind }>;

/** An import of this kind, read once and then told by the feed; nothing is read without an id. */
export function useImport<Kind extends ImportRow["kind"]>(kind: Kind, id: string | null) {
  const { data, error, refetch } = trpc.imports.get.useQuery(
    { id: id ?? "" },
    { enabled: id !== null },
  );
  const row = data?.kind === kind ? (data as Of<Kind>) : undefined;
  return { row: id === null ? undefined : row, error, refetch };
}

/** Only whoever started an import can cancel it. */
export function useCancelImport() {
  const { client } = useSyncClient().connection;
  return useMutation({
    mutationFn: (id: string) => client.imports.cancel.mutate({ id, mutationId: uuidv7() }),
  });
}
