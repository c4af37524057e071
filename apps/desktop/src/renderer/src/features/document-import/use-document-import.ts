import { useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import type { ImportPlace } from "@/entities/documents/export/import-place.ts";
import {
  MAX_FILE_BYTES,
  sendImportFile,
  tooLarge,
  untilAnswered,
} from "@/entities/imports/send-import-file.ts";
import { useCancelImport, useImport } from "@/entities/imports/use-import.ts";
import { formatError, PageRefusal } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";

export type Sending = { name: string; sent: number; size: number; speed: number };

/** One import: sent, then followed until it is through. */
export function useDocumentImport(place: ImportPlace) {
  const { client, imports: cache } = trpc.useUtils();
  const userId = useMe().id;
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [id, setId] = useState<string | null>(null);
  const calledOff = useRef<AbortController | null>(null);
  const { row } = useImport("documents", id);
  const cancelImport = useCancelImport();

  async function send(pack: () => Promise<File>) {
    const controller = new AbortController();
    calledOff.current = controller;
    setProblem(null);
    try {
      setSending({ name: "the files", sent: 0, size: 0, speed: 0 });
      const file = await pack();
      if (file.size > MAX_FILE_BYTES) throw new PageRefusal(tooLarge);
      const began = performance.now();
      const tell = (sent: number) => {
        const seconds = Math.max(0.1, (performance.now() - began) / 1_000);
        setSending({ name: file.name, sent, size: file.size, speed: sent / seconds });
      };
      tell(0);
      const { workspaceId, projectId, parentId } = place;
      const { signal } = controller;
      const sending = { workspaceId, userId, signal, onProgress: tell };
      const uploaded = await sendImportFile(file, sending);
      const input = {
        ...{ id: uuidv7(), workspaceId, projectId, parentId },
        fileId: uploaded.id,
        mutationId: uuidv7(),
      };
      const start = () => client.imports.startDocuments.mutate(input);
      const started = await untilAnswered(start, signal);
      cache.get.setData({ id: started.id }, (known) => known ?? started);
      setId(started.id);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(formatError(error));
    } finally {
      setSending(null);
    }
  }

  async function cancel() {
    calledOff.current?.abort();
    if (id) await cancelImport.mutateAsync(id);
  }

  function again() {
    setId(null);
    setProblem(null);
  }

  return {
    sending,
    problem,
    row,
    isStarted: id !== null,
    send,
    cancel,
    again,
  };
}
