import { reportFailure } from "@/sync/report-failure.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { notify } from "@/ui/overlays/toast.ts";

/** Asks the server for the project's tasks as a file and hands it to the browser to keep. */
export function useCsvExport(projectId: string) {
  const { connection } = useSyncClient();
  return async () => {
    try {
      const { name, content } = await connection.client.exports.tasksCsv.query({ projectId });
      save(name, content);
      notify({ title: `Exported ${name}` });
    } catch (error) {
      reportFailure("Couldn't export the tasks")(error);
    }
  };
}

function save(name: string, content: string) {
  const url = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
