import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { type FileList, type FileRow, fileLists, putInList } from "./file.ts";
import { nameInWords } from "./shown-name.ts";

/** What is done to files that are there: shown at once, and as it was again where it is refused. */
export function useFileMutations() {
  const { client, files } = trpc.useUtils();
  const cache = useQueryClient();
  return useMemo(() => {
    const refresh = () => files.invalidate();
    const show = (id: string, change: (file: FileRow) => FileRow | null) =>
      cache.setQueriesData<FileList>(
        { queryKey: fileLists, predicate: ({ queryKey }) => !isBin(queryKey) },
        (list) => list && putInList(list, id, change),
      );
    const failed = (words: string) => (error: unknown) => {
      reportFailure(words)(error);
      void refresh();
    };
    const restore = (file: FileRow) =>
      client.files.restore.mutate({ id: file.id }).then(
        () => {
          notify({ title: `Restored ${nameInWords(file.name)}` });
          return refresh();
        },
        failed(`Couldn't restore ${nameInWords(file.name)}`),
      );
    return {
      rename(file: FileRow, name: string) {
        show(file.id, (row) => ({ ...row, name }));
        return client.files.rename
          .mutate({ id: file.id, name })
          .then(refresh, failed(`Couldn't rename ${nameInWords(file.name)}`));
      },
      remove(file: FileRow) {
        show(file.id, () => null);
        return client.files.delete.mutate({ id: file.id }).then(
          () => {
            notify({
              title: `Deleted ${nameInWords(file.name)}`,
              onUndo: () => void restore(file),
            });
            return refresh();
          },
          failed(`Couldn't delete ${nameInWords(file.name)}`),
        );
      },
      restore,
      restoreVersion: (file: FileRow, n: number) =>
        client.files.restoreVersion.mutate({ id: file.id, n }).then(
          () => {
            notify({ title: `Restored version ${n} of ${nameInWords(file.name)}` });
            return refresh();
          },
          failed(`Couldn't restore version ${n} of ${nameInWords(file.name)}`),
        ),
    };
  }, [client, files, cache]);
}

const isBin = (key: readonly unknown[]) => {
  const asked = key[1] as { input?: { deleted?: boolean } } | undefined;
  return asked?.input?.deleted === true;
};
