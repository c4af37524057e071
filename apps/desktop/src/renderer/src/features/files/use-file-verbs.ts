import { useMemo } from "react";
import type { FileRow } from "@/sync/shapes.ts";
import { tellFailure } from "@/sync/tell-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { notify } from "@/ui/toast.ts";

/** What is done to files that are there; asked of the server, which tells everybody's lists. */
export function useFileVerbs() {
  const { client, files } = trpc.useUtils();
  return useMemo(() => {
    const refresh = () => files.list.invalidate();
    const restore = (file: FileRow) =>
      client.files.restore
        .mutate({ id: file.id })
        .then(refresh, tellFailure(`${file.name} was not restored`));
    return {
      rename: (file: FileRow, name: string) =>
        client.files.rename
          .mutate({ id: file.id, name })
          .then(refresh, tellFailure(`${file.name} was not renamed`)),
      remove: (file: FileRow) =>
        client.files.delete.mutate({ id: file.id }).then(
          () => {
            notify({ title: `${file.name} was deleted`, onUndo: () => void restore(file) });
            return refresh();
          },
          tellFailure(`${file.name} was not deleted`),
        ),
      restore,
    };
  }, [client, files]);
}
