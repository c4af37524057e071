import type { Os } from "../../../shared/bridge.ts";
import type { Platform } from "./platform.ts";

export function webPlatform(): Platform {
  return {
    kind: "web",
    os: readOs(navigator.userAgent),
    version: "",
    // A page built for another host names it at build time; else the server is where the page is from.
    getServerUrl: async () => import.meta.env.VITE_API_URL ?? window.location.origin,
    setServerUrl: null,
    tokens: null,
    updates: null,
    servers: null,
    local: null,
    openExternal: async (url) => {
      window.open(url, "_blank", "noopener,noreferrer");
    },
    onMenuCommand: () => () => undefined,
    onWake: () => () => undefined,
    desktop: null,
  };
}

function readOs(userAgent: string): Os {
  if (/Mac|iPhone|iPad/.test(userAgent)) return "mac";
  if (/Windows/.test(userAgent)) return "windows";
  if (/Linux|X11|CrOS/.test(userAgent)) return "linux";
  return "other";
}
