/**
 * What this device stores of whole places, so that they are there without a network. It is an entity's,
 * registered in app/sync/registry.ts; the engine asks it for what the server does not answer.
 */
import type { QueryClient } from "@tanstack/react-query";
import { refetchQueries } from "@/lib/refetch-queries.ts";
import type { AccountChannel } from "./outbox/account-channel.ts";
import type { Connection } from "./server/connection.ts";
import type { AnswerHere } from "./server/device-link.ts";

export type DeviceCopyNeeds = {
  connection: Connection;
  channel: AccountChannel;
  onSignedOut: () => void;
};

export type DeviceCopy = { answer: AnswerHere; stop(): void };

export type DeviceCopyKind = {
  open(needs: DeviceCopyNeeds): DeviceCopy;
  /** On signing out: nothing of this account stays readable here. */
  forget(account: string): Promise<unknown>;
};

export const defineDeviceCopy = (kind: DeviceCopyKind) => kind;

/**
 * Notes which queries were answered by this device while they were fetched, and asks the server for
 * those again when it is reached.
 */
export function watchDeviceAnswers(cache: QueryClient, { device, socket }: Connection) {
  let answers = 0;
  const began = new Map<string, number>();
  const answeredHere = new Set<string>();
  device.onAnswered = () => void answers++;
  const stops = [
    cache.getQueryCache().subscribe((event) => {
      if (event.type !== "updated") return;
      const { queryHash } = event.query;
      if (event.action.type === "fetch") began.set(queryHash, answers);
      if (event.action.type !== "success" || event.action.manual) return;
      // Others may have been answered meanwhile: then this one is asked for once too often.
      if (began.get(queryHash) === answers) answeredHere.delete(queryHash);
      else answeredHere.add(queryHash);
      began.delete(queryHash);
    }),
    socket.watch(() => {
      if (socket.get() !== "open" || answeredHere.size === 0) return;
      refetchQueries(cache, { predicate: ({ queryHash }) => answeredHere.has(queryHash) });
    }),
  ];
  return {
    isAnsweredHere: (queryHash: string) => answeredHere.has(queryHash),
    stop() {
      device.onAnswered = null;
      device.answer = null;
      for (const stop of stops) stop();
    },
  };
}

export type DeviceWatch = ReturnType<typeof watchDeviceAnswers>;
