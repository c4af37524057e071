import { ChevronRight, Columns3 } from "lucide-react";
import { Link } from "@/ui/controls/link.tsx";
import { cx } from "@/ui/format/cx.ts";
import { formatCount } from "@/ui/format/format-count.ts";
import { Cell, Row, type RowList } from "@/ui/layout/row-list.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";
import { plainText } from "@/ui/text/plain-text.ts";
import { TimeOfDay } from "@/ui/text/time-of-day.tsx";
import type { ActivityGroup } from "./activity-lines.ts";
import type { ShownSubject, Subjects } from "./subjects.ts";

type Props = {
  group: ActivityGroup;
  subjects: Subjects;
  list: RowList;
  isExpanded: boolean;
  onOpen: () => void;
  onShowBoard?: ((seq: number) => void) | undefined;
};

/** "Ann changed the status from To do to Done · APP-12 Mend the wheel": opens the thing, or its lines. */
export function ActivityRow({ group, subjects, list, isExpanded, onOpen, onShowBoard }: Props) {
  const { lines } = group;
  const hasLines = lines.length > 1;
  const name = group.actorId ? subjects.nameOf(group.actorId) : "Somebody";
  const excerpt = group.commentId && !hasLines ? subjects.excerptOf(group.commentId) : null;
  return (
    <>
      <Row
        id={group.id}
        list={list}
        onOpen={onOpen}
        aria-expanded={hasLines ? isExpanded : undefined}
        className="border-b px-4 py-2"
      >
        <Cell className="flex gap-2.5">
          <Avatar person={{ id: group.actorId ?? "", name }} size={20} decorative />
          <span className="min-w-0 flex-1 break-words leading-5">
            <span className="font-medium">{name}</span> {group.sentence}
            <About group={group} subjects={subjects} />
            {excerpt && (
              <span dir="auto" className="line-clamp-2 text-12 text-muted">
                {plainText(excerpt)}
              </span>
            )}
          </span>
          {hasLines && (
            <ChevronRight
              size={14}
              aria-hidden="true"
              className={cx("mt-0.5 shrink-0 text-faint", isExpanded && "rotate-90")}
            />
          )}
          {onShowBoard && (
            // A click on it is not one on the row.
            <button
              type="button"
              tabIndex={-1}
              title="Show the board at this moment"
              aria-label="Show the board at this moment"
              onClick={(event) => {
                event.stopPropagation();
                onShowBoard(group.seq);
              }}
              className="grid size-5 shrink-0 place-items-center rounded-control text-faint hover:bg-active hover:text-ink"
            >
              <Columns3 size={13} aria-hidden="true" />
            </button>
          )}
          <TimeOfDay at={group.at} />
        </Cell>
      </Row>
      {hasLines && isExpanded && <Lines group={group} subjects={subjects} />}
    </>
  );
}

function About({ group, subjects }: Pick<Props, "group" | "subjects">) {
  if (group.subjects.length > 1) {
    const { entity } = group.subject;
    return <span className="text-muted"> · {formatCount(group.subjects.length, entity)}</span>;
  }
  return (
    <>
      <span className="text-muted"> · </span>
      <SubjectLink subject={subjects.subjectOf(group)} />
    </>
  );
}

function SubjectLink({ subject: { key, title, href } }: { subject: ShownSubject }) {
  const words = (
    <>
      {key && <span className="text-12 text-muted tabular-nums">{key} </span>}
      <span dir="auto">{title}</span>
    </>
  );
  if (!href) return <span className="text-muted line-through">{words}</span>;
  return (
    // The row has the focus, and Enter opens it.
    <Link href={href} tabIndex={-1} className="hover:underline">
      {words}
    </Link>
  );
}

function Lines({ group, subjects }: Pick<Props, "group" | "subjects">) {
  const isSeveral = group.subjects.length > 1;
  return group.lines.map((line) => (
    // biome-ignore lint/a11y/useSemanticElements: see the grid.
    // biome-ignore lint/a11y/useFocusableInteractive: it belongs to the row above it.
    <div
      key={line.id}
      role="row"
      aria-level={2}
      className="border-b bg-inset py-1.5 pr-4 pl-11 text-12"
    >
      <Cell className="flex gap-2.5">
        <span className="min-w-0 flex-1 break-words leading-5">
          {isSeveral ? <SubjectLink subject={subjects.subjectOf(line)} /> : line.sentence}
        </span>
        <TimeOfDay at={line.at} />
      </Cell>
    </div>
  ));
}
