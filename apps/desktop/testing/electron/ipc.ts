import { EventEmitter } from "node:events";
import { atStart } from "./state.ts";
import type { WebContents, WebFrameMain } from "./web-contents.ts";

type Handler = (event: object, ...values: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

class IpcMain extends EventEmitter {
  handle(channel: string, handler: Handler) {
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler) {
    this.handle(channel, (...values) => {
      this.removeHandler(channel);
      return handler(...values);
    });
  }
  removeHandler(channel: string) {
    handlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();
atStart(() => {
  handlers.clear();
  ipcMain.removeAllListeners();
});

/** As `ipcRenderer.invoke` of a frame of this page: values are cloned both ways, errors keep only their words. */
export async function invokeFrom(
  sender: WebContents,
  channel: string,
  values: unknown[],
  senderFrame: WebFrameMain | null = sender.mainFrame,
) {
  const sent = structuredClone(values);
  const handler = handlers.get(channel);
  try {
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const event = { type: "frame", sender, senderFrame, frameId: 1, processId: 1 };
    return structuredClone(await handler(event, ...sent));
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${error}`);
  }
}

/** Whose preload script runs: a renderer is a process of its own, and here they share one. */
let current: WebContents | null = null;
export function asRenderer<Result>(contents: WebContents, work: () => Result): Result {
  const before = current;
  current = contents;
  try {
    return work();
  } finally {
    current = before;
  }
}
/** For as long as a script of the page runs that waits, as when it is loaded. */
export async function runInRenderer(contents: WebContents, work: () => Promise<unknown>) {
  const before = current;
  current = contents;
  try {
    await work();
  } finally {
    current = before;
  }
}
function here() {
  if (!current) throw new Error("Only a page has this.");
  return current;
}

export const ipcRenderer = {
  invoke: (channel: string, ...values: unknown[]) => invokeFrom(here(), channel, values),
  send(channel: string, ...values: unknown[]) {
    const sender = here();
    const event = { type: "frame", sender, senderFrame: sender.mainFrame };
    ipcMain.emit(channel, event, ...structuredClone(values));
  },
  on: (channel: string, listener: (...values: unknown[]) => void) =>
    here().renderer.on(channel, listener),
  off: (channel: string, listener: (...values: unknown[]) => void) =>
    here().renderer.off(channel, listener),
};

/** Functions cross as functions, which run on their own side; everything else is copied and frozen. */
function bridged(contents: WebContents, value: unknown): unknown {
  if (typeof value === "function") {
    return (...values: unknown[]) =>
      asRenderer(contents, () => bridged(contents, value(...values)));
  }
  if (value instanceof Promise || typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
  const copied = Object.entries(value).map(([key, each]) => [key, bridged(contents, each)]);
  return Object.freeze(Object.fromEntries(copied));
}

export const contextBridge = {
  exposeInMainWorld(key: string, api: unknown) {
    const contents = here();
    if (key in contents.mainWorld) {
      throw new Error(`Cannot bind an API on top of an existing property on the window object`);
    }
    contents.mainWorld[key] = bridged(contents, api);
  },
};
