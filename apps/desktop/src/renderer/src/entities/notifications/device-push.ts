/** Whether this device tells its person while the app is closed: their wish, kept here, and what came of it. */
import { useEffect, useState } from "react";
import { uuidv7 } from "uuidv7";
import {
  currentSubscription,
  describe,
  mayNotify,
  pushSupport,
  subscribeBrowser,
} from "@/platform/push.ts";
import type { Connection } from "@/sync/server/connection.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { setWantsPush, wantsPush } from "./wants-push.ts";

export type DevicePush = "unsupported" | "denied" | "off" | "on";

async function subscribe({ client }: Connection) {
  const { key } = await client.pushes.key.query();
  const subscription = await subscribeBrowser(key);
  await client.pushes.subscribe.mutate({ ...describe(subscription), mutationId: uuidv7() });
}

/** A new session, or a browser that has renewed its subscription, is told of again. */
export async function renewDevicePush(connection: Connection, myId: string) {
  if (!wantsPush(myId) || pushSupport() !== "available") return;
  if (Notification.permission === "granted") await subscribe(connection);
}

export function useDevicePush() {
  const { connection, me } = useSyncClient();
  const [state, setState] = useState<DevicePush | null>(null);
  useEffect(() => {
    void readState(me.id).then(setState);
  }, [me.id]);

  async function turnOn() {
    if (!(await mayNotify())) return setState(pushSupport() === "denied" ? "denied" : "off");
    await subscribe(connection);
    setWantsPush(me.id);
    setState("on");
  }

  async function turnOff() {
    setWantsPush(null);
    setState("off");
    const subscription = await currentSubscription();
    if (!subscription) return;
    const { endpoint } = subscription;
    await subscription.unsubscribe();
    await connection.client.pushes.unsubscribe.mutate({ endpoint, mutationId: uuidv7() });
  }

  return { state, turnOn, turnOff };
}

async function readState(myId: string): Promise<DevicePush> {
  const support = pushSupport();
  if (support !== "available") return support;
  if (!wantsPush(myId) || Notification.permission !== "granted") return "off";
  return (await currentSubscription()) ? "on" : "off";
}
