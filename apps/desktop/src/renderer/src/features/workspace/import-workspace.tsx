/** A workspace that another Guildhall exported comes into a new one: checked first, and then brought. */
import { useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import { type Sent, sendImportFile } from "@/entities/imports/send-import-file.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe, useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { chooseFiles } from "@/ui/controls/choose-files.ts";
import { formatBytes } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";
import { StepsFrame } from "./steps-frame.tsx";
import { WorkspaceReport } from "./workspace-report.tsx";

type Props = {
  /** It is there. */
  onDone: (workspaceId: string) => void;
  onBack: () => void;
};

type Run = { id: string; sent: Sent; isDry: boolean };

const ASK_EVERY_MS = 1_000;
const underWay = ["waiting", "reading", "writing"];

export default function ImportWorkspace({ onDone, onBack }: Props) {
  const me = useMe();
  const { client } = useSyncClient().connection;
  const cache = trpc.useUtils();
  const workspaceId = useRef<string | null>(null);
  const calledOff = useRef<AbortController | null>(null);
  const [sending, setSending] = useState<{ file: File; bytes: number } | null>(null);
  const [run, setRun] = useState<Run | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // The feed tells of open workspaces, and this one is not open yet: it is asked.
  const { data: row } = trpc.imports.get.useQuery(
    { id: run?.id ?? "" },
    {
      enabled: run !== null,
      refetchInterval: ({ state }) =>
        !state.data || underWay.includes(state.data.state) ? ASK_EVERY_MS : false,
    },
  );

  /** Into one workspace, however many files are tried. */
  async function place(name: string): Promise<string> {
    if (workspaceId.current) return workspaceId.current;
    const made = await client.workspaces.create.mutate({ id: uuidv7(), name });
    cache.workspaces.list.setData(undefined, (list) => [...(list ?? []), made]);
    workspaceId.current = made.id;
    return made.id;
  }

  async function start(sent: Sent, isDry: boolean) {
    const into = workspaceId.current ?? "";
    const id = uuidv7();
    const about = { id, workspaceId: into, fileId: sent.id, dryRun: isDry };
    await client.imports.startWorkspace.mutate({ ...about, mutationId: uuidv7() });
    setRun({ id, sent, isDry });
  }

  async function bring(file: File) {
    const stopper = new AbortController();
    calledOff.current = stopper;
    setProblem(null);
    setRun(null);
    setSending({ file, bytes: 0 });
    try {
      const into = await place(nameOf(file));
      const onProgress = (bytes: number) => setSending({ file, bytes });
      const how = { workspaceId: into, userId: me.id, signal: stopper.signal, onProgress };
      await start(await sendImportFile(file, how), true);
    } catch (error) {
      if (!stopper.signal.aborted) setProblem(formatError(error));
    }
    setSending(null);
  }

  const choose = () =>
    chooseFiles({ multiple: false }, ([file]) => {
      if (file) void bring(file);
    });
  const report = row?.kind === "workspace" && row.state === "done" ? row.report : null;
  const failed = row?.state === "failed" || row?.state === "cancelled" ? row : null;
  const isBusy = sending !== null || (run !== null && !report && !failed);

  return (
    <StepsFrame
      title="Import a workspace"
      lead="Choose the file that another Guildhall made with “Export everything”. It is checked before anything is imported."
      footer={
        !isBusy && (
          <button type="button" className="underline underline-offset-2" onClick={onBack}>
            Create an empty workspace instead
          </button>
        )
      }
    >
      <div className="grid gap-4">
        {(problem ?? failed) && (
          <ErrorNotice title="Nothing was imported">
            {problem ?? failed?.error?.message ?? "The import was stopped."}
          </ErrorNotice>
        )}
        {sending ? (
          <ProgressBar
            label="Uploading"
            value={sending.file.size > 0 ? sending.bytes / sending.file.size : null}
            detail={`${formatBytes(sending.bytes)} of ${formatBytes(sending.file.size)}`}
            onCancel={() => calledOff.current?.abort()}
          />
        ) : isBusy ? (
          <ProgressBar
            label={run?.isDry ? "Checking the file" : "Importing"}
            value={row && row.total > 0 ? row.done / row.total : null}
            detail=""
          />
        ) : report && run ? (
          <>
            <WorkspaceReport report={report} isDone={!run.isDry} />
            {run.isDry ? (
              <Button
                variant="primary"
                size="large"
                wide
                onClick={() =>
                  void start(run.sent, false).catch((error) => setProblem(formatError(error)))
                }
              >
                Import {report.name}
              </Button>
            ) : (
              <Button
                variant="primary"
                size="large"
                wide
                onClick={() => onDone(workspaceId.current ?? "")}
              >
                Open {report.name}
              </Button>
            )}
          </>
        ) : (
          <Button variant="primary" size="large" wide onClick={choose}>
            {failed || problem ? "Choose another file" : "Choose a file"}
          </Button>
        )}
      </div>
    </StepsFrame>
  );
}

/** Until the file says what it is called. */
const nameOf = ({ name }: File) =>
  name
    .replace(/\.zip$/i, "")
    .slice(0, 100)
    .trim() || "Imported";
