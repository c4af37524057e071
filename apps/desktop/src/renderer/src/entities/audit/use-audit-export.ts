import { useMutation } from "@tanstack/react-query";
import { fetchFile, saveBlob } from "@/sync/server/fetch-file.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { type AuditFilter, askedOf } from "./audit-filter.ts";

export const auditFormats = { csv: "CSV", jsonl: "JSON Lines" } as const;
export type AuditFormat = keyof typeof auditFormats;

/** What fits the filter, as a file; the server writes down that it was taken. */
export function useAuditExport(workspaceId: string | null, filter: AuditFilter) {
  return useMutation({
    async mutationFn(format: AuditFormat) {
      const { personId, from, until } = askedOf(filter);
      const query = new URLSearchParams({ format });
      if (personId) query.set("personId", personId);
      if (filter.done.length > 0) query.set("actions", filter.done.join(","));
      if (from) query.set("from", from.toISOString());
      if (until) query.set("until", until.toISOString());
      const place = workspaceId ?? "instance";
      const { blob, name } = await fetchFile(`/files/exports/audit/${place}?${query}`);
      const called = name ?? `audit.${format}`;
      saveBlob(blob, called);
      return called;
    },
    onSuccess: (name) => notify({ title: `Exported ${name}` }),
    onError: (error) =>
      notify({
        title: "Couldn't export the audit log",
        description: error.message,
        tone: "failed",
      }),
  });
}
