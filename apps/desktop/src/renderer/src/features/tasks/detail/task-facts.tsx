import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { useNameOf } from "@/entities/people/people.ts";
import { Property } from "@/entities/tasks/properties/property-list.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

/** What nobody edits: when and by whom it was made, when it was done, where it came from. */
export function TaskFacts({ task }: { task: TaskView }) {
  const nameOf = useNameOf();
  const { source } = task;
  return (
    <>
      <Property name="Created">
        <Fact>
          <RelativeTime at={task.createdAt} />
          <span className="truncate text-muted">
            by {source?.reporter ?? nameOf(task.createdBy)}
          </span>
        </Fact>
      </Property>
      {task.completedAt && (
        <Property name="Completed">
          <Fact>
            <RelativeTime at={task.completedAt} />
          </Fact>
        </Property>
      )}
      {source && (
        <Property name="Imported">
          <Fact>
            {source.url && /^https?:/.test(source.url) ? (
              <a
                href={source.url}
                target="_blank"
                rel="noopener noreferrer"
                className="inline-flex min-w-0 items-center gap-1.5 text-accent-ink hover:underline"
              >
                <span className="truncate">
                  {source.system} {source.key}
                </span>
                <ExternalLink size={12} className="shrink-0" aria-label="opens in a new window" />
              </a>
            ) : (
              <span className="truncate">
                {source.system} {source.key}
              </span>
            )}
          </Fact>
        </Property>
      )}
      {source && source.assignees.length > 0 && (
        <Property name="Was assigned">
          <Fact>
            <span className="truncate text-muted" title={source.assignees.join(", ")}>
              {source.assignees.join(", ")}
            </span>
          </Fact>
        </Property>
      )}
    </>
  );
}

function Fact({ children }: { children: ReactNode }) {
  return <span className="flex h-7 min-w-0 items-center gap-1 px-2 text-13">{children}</span>;
}
