import { useState } from "react";
import type { TaskImportRow } from "@/entities/imports/import-row.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { trpc } from "@/sync/trpc.ts";
import { Section } from "@/ui/layout/section.tsx";
import { DryRun } from "./dry-run.tsx";
import { EarlierImports } from "./earlier-imports.tsx";
import { FileDrop } from "./file-drop.tsx";
import { ReadFiles } from "./read-files.tsx";
import { UploadRow } from "./upload-row.tsx";
import type { ImportPlanInput } from "./use-preview.ts";
import { useUploads } from "./use-uploads.ts";

type Props = { project: Project; onStarted: (importId: string) => void };

/** Files, what they are, what would happen: one after the other on one page. */
export function PrepareImport({ project, onStarted }: Props) {
  const { uploads, add, retry, remove } = useUploads(project.workspaceId);
  const [dryRun, setDryRun] = useState<{ id: string; input: ImportPlanInput } | null>(null);
  const cache = trpc.useUtils();

  const fileIds = uploads.flatMap(({ uploaded }) => uploaded?.id ?? []);
  const areAllThere = uploads.length > 0 && fileIds.length === uploads.length;
  /** Other files are another import: what was tried with the old ones says nothing about it. */
  const forget = () => setDryRun(null);

  function onTried(row: TaskImportRow, input: ImportPlanInput) {
    cache.imports.get.setData({ id: row.id }, (known) => known ?? row);
    setDryRun({ id: row.id, input });
  }

  return (
    <>
      <Section
        title="Files"
        lead="GitHub issues as JSON (comments in a second file), a Jira export as CSV, a Trello board as JSON, or a table as CSV, from Asana, Linear, Notion, Plane, TickTick, Todoist or anywhere else."
      >
        <FileDrop
          isCompact={uploads.length > 0}
          onFiles={(files) => {
            forget();
            add(files);
          }}
        />
        {uploads.length > 0 && (
          <ul aria-label="Files" className="mt-3 grid gap-2">
            {uploads.map((upload) => (
              <UploadRow
                key={upload.key}
                upload={upload}
                onRetry={() => retry(upload)}
                onRemove={() => {
                  forget();
                  remove(upload.key);
                }}
              />
            ))}
          </ul>
        )}
      </Section>
      {areAllThere && (
        <ReadFiles
          key={fileIds.join()}
          project={project}
          fileIds={fileIds}
          isTried={dryRun !== null}
          onChange={forget}
          onTried={onTried}
        />
      )}
      {dryRun && (
        <DryRun
          key={dryRun.id}
          id={dryRun.id}
          project={project}
          input={dryRun.input}
          onTried={onTried}
          onStarted={(row) => {
            cache.imports.get.setData({ id: row.id }, (known) => known ?? row);
            onStarted(row.id);
          }}
        />
      )}
      {uploads.length === 0 && <EarlierImports project={project} onOpen={onStarted} />}
    </>
  );
}
