import { useState } from "react";
import type { TaskImportRow } from "@/entities/imports/import-row.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { ColumnMapping } from "./column-mapping.tsx";
import { DayOrderChoice } from "./day-order-choice.tsx";
import { formatOptions, type ImportFormat } from "./format-names.ts";
import { PreviewFacts } from "./preview-facts.tsx";
import { StatusLines } from "./status-lines.tsx";
import { type ImportPlanInput, type Mapping, type Reading, usePreview } from "./use-preview.ts";
import { ownZone, ZoneChoice } from "./zone-choice.tsx";

type Props = {
  project: Project;
  fileIds: string[];
  isTried: boolean;
  /** What was tried is no longer what is shown. */
  onChange: () => void;
  onTried: (row: TaskImportRow, input: ImportPlanInput) => void;
};

/** What the server finds in the files, and what it needs to be told about a table. */
export function ReadFiles({ project, fileIds, isTried, onChange, onTried }: Props) {
  const [format, setFormat] = useState<ImportFormat>();
  const [mapping, setMapping] = useState<Mapping>();
  const [reading, setReading] = useState<Reading>(() => ({ zone: ownZone() }));
  const input: ImportPlanInput = { fileIds, format, mapping, reading };
  const { data, error, isFetching, refetch } = usePreview(input);
  const tryOut = trpc.imports.start.useMutation({ onSuccess: (row) => onTried(row, input) });

  const isAsked = data?.dayOrder?.isChosen === false;

  function read(patch: Partial<Reading>) {
    onChange();
    setReading((known) => ({ ...known, ...patch }));
  }

  if (error) {
    return (
      <Section title="Contents">
        <ErrorNotice title="Couldn't read the files" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      </Section>
    );
  }
  if (!data) {
    return (
      <Section title="Contents">
        <ProgressBar label="Reading files" value={null} />
      </Section>
    );
  }
  return (
    <Section
      title="Contents"
      command={
        data.format && (
          <Select
            label="Read as"
            value={data.format}
            options={formatOptions}
            onValueChange={(next) => {
              onChange();
              setMapping(undefined);
              setFormat(next);
            }}
          />
        )
      }
    >
      <div className="grid gap-4" aria-busy={isFetching}>
        {data.error ? (
          <ErrorNotice title="These files can't be imported. Nothing was changed.">
            {data.error.message}
          </ErrorNotice>
        ) : (
          <>
            <PreviewFacts preview={data} />
            <ZoneChoice zone={reading.zone ?? "UTC"} onChange={(zone) => read({ zone })} />
            {data.dayOrder && (
              <DayOrderChoice
                question={data.dayOrder}
                busy={isFetching}
                onAnswer={(dayOrder) => read({ dayOrder })}
              />
            )}
            <StatusLines
              statuses={data.statuses}
              categories={reading.categories ?? {}}
              onChange={(categories) => read({ categories })}
            />
          </>
        )}
        {data.csv && (
          <ColumnMapping
            table={data.csv}
            mapping={mapping ?? data.csv.suggestedMapping}
            onChange={(next) => {
              onChange();
              setMapping(next);
            }}
          />
        )}
        {tryOut.error && (
          <ErrorNotice title="Couldn't start the preview">{formatError(tryOut.error)}</ErrorNotice>
        )}
        {!data.error && !isTried && (
          <div className="flex flex-wrap items-center gap-3">
            <Button
              variant="primary"
              busy={tryOut.isPending || isFetching}
              disabled={isAsked}
              onClick={() => tryOut.mutate({ projectId: project.id, ...input, dryRun: true })}
            >
              Preview import
            </Button>
            {isAsked && (
              <span className="text-13 text-muted">Answer the question above first.</span>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}
