import { contextBridge, type IpcRendererEvent, ipcRenderer } from "electron";
import { type Bridge, channels, type MenuCommand, type Os } from "../shared/bridge.ts";

const systems: Record<string, Os> = { darwin: "mac", win32: "windows", linux: "linux" };

// The version travels as a process argument: a sandboxed preload can read neither app nor package.json.
const versionFlag = "--guildhall-version=";
const version =
  process.argv.find((argument) => argument.startsWith(versionFlag))?.slice(versionFlag.length) ??
  "";

const bridge: Bridge = {
  os: systems[process.platform] ?? "other",
  version,
  getServerUrl: () => ipcRenderer.invoke(channels.getServerUrl),
  setServerUrl: (url) => ipcRenderer.invoke(channels.setServerUrl, url),
  getToken: () => ipcRenderer.invoke(channels.getToken),
  setToken: (token) => ipcRenderer.invoke(channels.setToken, token),
  clearToken: () => ipcRenderer.invoke(channels.clearToken),
  openExternal: (url) => ipcRenderer.invoke(channels.openExternal, url),
  onMenuCommand(listener) {
    // The event object stays here: it would hand the page a way to the whole of ipcRenderer.
    const relay = (_event: IpcRendererEvent, command: MenuCommand) => listener(command);
    ipcRenderer.on(channels.menuCommand, relay);
    return () => ipcRenderer.off(channels.menuCommand, relay);
  },
};

contextBridge.exposeInMainWorld("guildhall", bridge);
