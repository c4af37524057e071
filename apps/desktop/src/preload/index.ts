import { contextBridge, type IpcRendererEvent, ipcRenderer } from "electron";
import { type Bridge, calls, channelOf, type Envelope, events, type Os } from "../shared/bridge.ts";

const systems: Record<string, Os> = { darwin: "mac", win32: "windows", linux: "linux" };

// The version travels as a process argument: a sandboxed preload can read neither app nor package.json.
const versionFlag = "--guildhall-version=";
const version =
  process.argv.find((argument) => argument.startsWith(versionFlag))?.slice(versionFlag.length) ??
  "";

const isCall = (name: string): name is keyof typeof calls => Object.hasOwn(calls, name);

const asking = Object.keys(calls)
  .filter(isCall)
  .map((name) => [
    name,
    async (argument: unknown) => {
      const envelope: Envelope = await ipcRenderer.invoke(channelOf(name), argument);
      if (!envelope.ok) throw new Error(envelope.message);
      return envelope.value;
    },
  ]);

const on: Bridge["on"] = (name, listener) => {
  if (!Object.hasOwn(events, name)) throw new Error(`The app tells nothing called "${name}".`);
  // The event object stays here: it would hand the page a way to the whole of ipcRenderer.
  const relay = (_event: IpcRendererEvent, value: Parameters<typeof listener>[0]) =>
    listener(value);
  ipcRenderer.on(channelOf(name), relay);
  return () => ipcRenderer.off(channelOf(name), relay);
};

// The names are the table's, and so are their types.
const bridge = {
  ...Object.fromEntries(asking),
  os: systems[process.platform] ?? "other",
  version,
  on,
} as Bridge;

contextBridge.exposeInMainWorld("guildhall", bridge);
