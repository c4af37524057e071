import type { Bridge } from "../../../shared/bridge.ts";
import type { Platform } from "./platform.ts";

declare global {
  interface Window {
    /** Present only inside the desktop app: the preload script puts it there. */
    readonly guildhall?: Bridge;
  }
}

export function electronPlatform(bridge: Bridge): Platform {
  return {
    kind: "electron",
    os: bridge.os,
    version: bridge.version,
    getServerUrl: bridge.getServerUrl,
    setServerUrl: async (typed) => {
      try {
        return await bridge.setServerUrl(typed);
      } catch (error) {
        throw new Error(withoutIpcPrefix(error));
      }
    },
    tokens: { get: bridge.getToken, set: bridge.setToken, clear: bridge.clearToken },
    openExternal: bridge.openExternal,
    onMenuCommand: bridge.onMenuCommand,
  };
}

/** Electron wraps what main threw in "Error invoking remote method '…': Error: …". */
function withoutIpcPrefix(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^Error invoking remote method '[^']*': (Error: )?/, "");
}
