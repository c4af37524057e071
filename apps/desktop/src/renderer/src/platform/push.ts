/** Web Push as this browser has it. */
import { platform } from "./platform.ts";

/** Unsupported: also where there is no service worker, as in the desktop app and over plain http. */
export function pushSupport(): "unsupported" | "denied" | "available" {
  const isThere =
    platform.kind === "web" &&
    "serviceWorker" in navigator &&
    "PushManager" in window &&
    "Notification" in window;
  if (!isThere) return "unsupported";
  return Notification.permission === "denied" ? "denied" : "available";
}

/** Asks the person, which a browser lets one do on a click only. */
export const mayNotify = async () => (await Notification.requestPermission()) === "granted";

const manager = async () => (await navigator.serviceWorker.ready).pushManager;

export const currentSubscription = async () => (await manager()).getSubscription();

/** `key`: the server's. One of another key, as of a server that was set up anew, ends. */
export async function subscribeBrowser(key: string): Promise<PushSubscription> {
  const pushes = await manager();
  const old = await pushes.getSubscription();
  const oldKey = old?.options.applicationServerKey;
  if (old && oldKey && toBase64Url(new Uint8Array(oldKey)) === key) return old;
  await old?.unsubscribe();
  return pushes.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** As the server wants it. */
export function describe(subscription: PushSubscription) {
  const bytes = (name: PushEncryptionKeyName) =>
    toBase64Url(new Uint8Array(subscription.getKey(name) ?? []));
  return { endpoint: subscription.endpoint, p256dh: bytes("p256dh"), auth: bytes("auth") };
}

const toBase64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
