import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { type FileList, type FileRow, fileLists, putInList } from "./file.ts";
import { formatFileName } from "./shown-name.ts";

/** What is done to files that are there: shown at once, and as it was again where it is refused. */
export function useFileMutations() {
  const { client, files } = trpc.useUtils();
  const cache = useQueryClient();
  return useMemo(() => {
    const refresh = () => files.invalidate();
    const show = (id: string, change: (file: FileRow) => FileRow | null) =>
      cache.setQueriesData<FileList>(
        { queryKey: fileLists, predicate: ({ queryKey }) => !isTrash(queryKey) },
        (list) => list && putInList(list, id, change),
      );
    const failed = (words: string) => (error: unknown) => {
      reportFailure(words)(error);
      void refresh();
    };
    const restore = (file: FileRow) =>
      client.files.restore.mutate({ id: file.id }).then(
        () => {
          notify({ title: `Restored ${formatFileName(file.name)}` });
          return refresh();
        },
        failed(`Couldn't restore ${formatFileName(file.name)}`),
      );
    return {
      rename(file: FileRow, name: string) {
        show(file.id, (row) => ({ ...row, name }));
        return client.files.rename
          .mutate({ id: file.id, name })
          .then(refresh, failed(`Couldn't rename ${formatFileName(file.name)}`));
      },
      remove(file: FileRow) {
        show(file.id, () => null);
        return client.files.delete.mutate({ id: file.id }).then(
          () => {
            notify({
              title: `Deleted ${formatFileName(file.name)}`,
              onUndo: () => void restore(file),
            });
            return refresh();
          },
          failed(`Couldn't delete ${formatFileName(file.name)}`),
        );
      },
      restore,
      restoreVersion: (file: FileRow, n: number) =>
        client.files.restoreVersion.mutate({ id: file.id, n }).then(
          () => {
            notify({ title: `Restored version ${n} of ${formatFileName(file.name)}` });
            return refresh();
          },
          failed(`Couldn't restore version ${n} of ${formatFileName(file.name)}`),
        ),
    };
  }, [client, files, cache]);
}

const isTrash = (key: readonly unknown[]) => {
  const asked = key[1] as { input?: { deleted?: boolean } } | undefined;
  return asked?.input?.deleted === true;
};
