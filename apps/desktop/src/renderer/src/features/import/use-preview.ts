import type { RouterInputs } from "@guildhall/api/client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSyncClient } from "@/sync/use-sync-client.ts";

type Preview = RouterInputs["imports"]["preview"];

/** Which files, read as what, and which column is which. */
export type ImportPlanInput = Pick<Preview, "fileIds" | "format" | "mapping" | "reading"> &
  // Whether ids that were seen in another file mean the same tasks, once that was asked.
  Pick<RouterInputs["imports"]["start"], "sameSource">;
export type Mapping = NonNullable<Preview["mapping"]>;
export type Reading = NonNullable<Preview["reading"]>;
export type CsvField = Mapping[string];

/** What is in the files. It writes nothing, so for the page it is a question like any other. */
export function usePreview(input: ImportPlanInput) {
  const { client } = useSyncClient().connection;
  return useQuery({
    queryKey: ["import-preview", input],
    queryFn: ({ signal }) => client.imports.preview.mutate(input, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    // Reading 60 MB again because the answer got lost is for the person to decide.
    retry: false,
  });
}
