import { keepPreviousData } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useMemo } from "react";
import { useAddressParams } from "@/lib/use-address-params.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import { askedOf, filterParams, isEmptyFilter, readFilter, writeFilter } from "./audit-filter.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditRow } from "./audit-row.tsx";
import { type AuditFormat, auditFormats, useAuditExport } from "./use-audit-export.ts";
import { useLiveAudit } from "./use-live-audit.ts";

/** Null: the server's, for its administrators; else the workspace's, for its owners. */
type Props = { workspaceId: string | null };

const formats = Object.keys(auditFormats) as AuditFormat[];

/** Who did what, newest first; nobody changes it. */
export default function AuditLog({ workspaceId }: Props) {
  const [params, setParams] = useAddressParams(filterParams);
  const filter = useMemo(() => readFilter(params), [params]);
  const asked = useMemo(() => askedOf(filter), [filter]);
  useLiveAudit(workspaceId, asked);
  const list = trpc.audit.list.useInfiniteQuery(
    { workspaceId, ...asked },
    {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      staleTime: 0,
    },
  );
  const taken = useAuditExport(workspaceId, filter);
  const entries = list.data?.pages.flatMap((page) => page.entries);
  return (
    <Section
      title="Audit log"
      lead="Who did what, from where. Entries can't be changed, and are deleted only when they are older than the retention set for this server."
      command={
        <Menu
          align="end"
          trigger={
            <Button icon={<Download size={13} />} busy={taken.isPending}>
              Export
            </Button>
          }
          entries={formats.map((format) => ({
            label: auditFormats[format],
            onSelect: () => taken.mutate(format),
          }))}
        />
      }
    >
      <AuditFilters
        workspaceId={workspaceId}
        filter={filter}
        onFilterChange={(next) => setParams(writeFilter(next))}
      />
      <div className="mt-3 grid gap-3">
        {list.error && (
          <ErrorNotice title="Couldn't load the audit log" onRetry={() => list.refetch()}>
            {formatError(list.error)}
          </ErrorNotice>
        )}
        {!entries && !list.error && <Skeleton width="100%" height={224} />}
        {entries?.length === 0 && (
          <p className="py-6 text-center text-13 text-muted">
            {isEmptyFilter(filter) ? "Nothing has been logged yet." : "No matching entries"}
          </p>
        )}
        {entries && entries.length > 0 && (
          <Rows label="Audit log">
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} showsWorkspace={workspaceId === null} />
            ))}
          </Rows>
        )}
        {list.hasNextPage && (
          <div className="flex justify-center">
            <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}
