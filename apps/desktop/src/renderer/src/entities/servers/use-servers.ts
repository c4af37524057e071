import { useEffect, useState } from "react";
import { platform } from "@/platform/platform.ts";
import type { ServerProfile } from "@/platform/servers.ts";

const none: readonly ServerProfile[] = [];

/** The servers and accounts of the desktop app, kept up to date; none in a browser. */
export function useServers(): readonly ServerProfile[] {
  const [servers, setServers] = useState(none);
  useEffect(() => {
    const shell = platform.servers;
    if (!shell) return;
    let isOver = false;
    const read = () => void shell.listProfiles().then((list) => isOver || setServers(list));
    read();
    const stop = shell.onChanged(read);
    return () => {
      isOver = true;
      stop();
    };
  }, []);
  return servers;
}
