/** How updates of a text travel: as base64 in both directions. */
import type { AppRouter } from "@guildhall/api/client";
import type { TRPCClientError } from "@trpc/client";
import type { Connection } from "@/sync/server/connection.ts";

type Client = Connection["client"];

type Failed = (error: TRPCClientError<AppRouter>) => void;

export async function pushUpdate(
  client: Client,
  { documentId, id, update }: { documentId: string; id: string; update: Uint8Array },
) {
  await client.documents.push.mutate({ documentId, id, update: toBase64(update) });
}

export type Arrived = { id: string | null; update: Uint8Array };

/** From `after` on: first what was missed, then live. */
export function followUpdates(
  client: Client,
  options: {
    documentId: string;
    after: number;
    epoch: string | undefined;
    /** With these, everything up to `seq` is here. */
    onUpdates: (updates: Arrived[], seq: number) => void;
    /** All that was committed when we asked is here. */
    onLive: (epoch: string) => void;
    /** The log knows less than we do, as after a restored backup; what comes now is all it has. */
    onReset: () => void;
    onError: Failed;
  },
) {
  const { documentId, after, epoch, onUpdates, onLive, onReset, onError } = options;
  return client.documents.onUpdate.subscribe(
    { documentId, lastEventId: after, epoch },
    {
      onData({ data }) {
        if (data.kind === "reset") onReset();
        else if (data.kind === "live") onLive(data.epoch);
        else onUpdates(data.updates.map(decoded), data.seq);
      },
      onError,
    },
  );
}

const decoded = ({ id, update }: { id: string | null; update: string }): Arrived => ({
  id,
  update: fromBase64(update),
});

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  // Whole, a long text would overflow the stack of the call.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

export const fromBase64 = (text: string) =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
