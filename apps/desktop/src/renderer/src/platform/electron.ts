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
    setServerUrl: bridge.setServerUrl,
    tokens: {
      get: bridge.getToken,
      set: bridge.setToken,
      async clear() {
        await bridge.clearToken();
        await bridge.forgetStored();
      },
    },
    servers: { ...bridge, onChanged: (listener) => bridge.on("profilesChanged", listener) },
    local: {
      getOffer: bridge.getLocalOffer,
      use: bridge.useThisComputer,
      move: bridge.moveToServer,
    },
    openExternal: bridge.openExternal,
    updates: {
      get: bridge.getUpdate,
      check: bridge.checkForUpdate,
      install: bridge.installUpdate,
      onChange: (listener) => bridge.on("updateChanged", listener),
    },
    onMenuCommand: (listener) => bridge.on("menuCommand", listener),
    onWake: (listener) => bridge.on("wake", listener),
    desktop: bridge,
  };
}
