import type { ChangeOf } from "@guildhall/api/client";
import { defineEntity } from "@/sync/define-entity.ts";
import { queryKey, queryPrefix } from "@/sync/procedures.ts";

export type ImportRow = NonNullable<ChangeOf<"import">["row"]>;
export type TaskImportRow = Extract<ImportRow, { kind: "tasks" }>;

export const importPatch = defineEntity("import", (tx, { id, row }) => {
  if (row) tx.set(queryKey("imports.get", { id }), row);
  tx.invalidate(queryPrefix("imports.list"));
});
