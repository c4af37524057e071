import type { TaskImportRow } from "@/entities/imports/import-row.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { formatNumber } from "@/lib/locale.ts";
import { trpc } from "@/sync/trpc.ts";
import { formatCount } from "@/ui/format/format-count.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { formatNames } from "./format-names.ts";

const isUnderWay = (state: TaskImportRow["state"]) =>
  ["waiting", "reading", "writing"].includes(state);

type Props = { project: Project; onOpen: (importId: string) => void };

/** What was imported here before; trials are left out. */
export function EarlierImports({ project, onOpen }: Props) {
  const { members } = useWorkspace();
  const { data } = trpc.imports.list.useQuery({ projectId: project.id });
  const real = data?.filter(({ mode }) => mode === "real") ?? [];
  if (real.length === 0) return null;
  return (
    <Section title="Previous imports">
      <Rows label="Previous imports">
        {real.map(({ id, format, state, report, createdAt, createdBy }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onOpen(id)}
              className="flex min-h-11 w-full items-center gap-3 px-3 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="min-w-0 flex-1 truncate">
                <span className="font-medium">{format ? formatNames[format] : "Import"}</span>
                {report && (
                  <span className="text-muted">
                    , {formatCount(report.created, "new task")}, {formatNumber(report.updated)}{" "}
                    changed
                  </span>
                )}
              </span>
              {state === "failed" && <Badge tone="danger">Stopped</Badge>}
              {state === "cancelled" && <Badge>Cancelled</Badge>}
              {isUnderWay(state) && <Badge tone="accent">In progress</Badge>}
              <span className="shrink-0 text-12 text-muted">
                {members.find(({ userId }) => userId === createdBy)?.name ?? "Someone"},{" "}
                <RelativeTime at={createdAt} />
              </span>
            </button>
          </li>
        ))}
      </Rows>
    </Section>
  );
}
