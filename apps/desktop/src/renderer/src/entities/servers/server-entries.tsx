import { Plus, Server } from "lucide-react";
import { platform } from "@/platform/platform.ts";
import type { ServerProfile } from "@/platform/servers.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import type { Command } from "@/ui/dialogs/command.ts";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";

const switchTo = (id: string) =>
  void platform.servers?.switchProfile(id).catch(reportFailure("Couldn't switch servers"));
const add = () => void platform.servers?.addProfile().catch(reportFailure("Couldn't add a server"));

/** A group of a menu; nothing in a browser. The keys are the application menu's, which has them anywhere. */
export const serverEntries = (servers: readonly ServerProfile[]): MenuEntry[] =>
  servers.length === 0
    ? []
    : [
        { kind: "heading", label: "Servers" },
        ...servers.map(({ id, label, isOwn }, index) => ({
          label,
          icon: <Server size={14} />,
          checked: isOwn,
          ...(index < 9 && servers.length > 1 && { keys: `mod+${index + 1}` }),
          onSelect: () => isOwn || switchTo(id),
        })),
        { label: "Add a server…", icon: <Plus size={14} />, onSelect: add },
        { kind: "separator" },
      ];

export const serverCommands = (servers: readonly ServerProfile[]): Command[] =>
  servers.length === 0
    ? []
    : [
        ...servers
          .filter(({ isOwn }) => !isOwn)
          .map(({ id, label }) => ({
            id: `server:${id}`,
            label: `Switch to ${label}`,
            group: "Servers",
            icon: <Server size={15} />,
            run: () => switchTo(id),
          })),
        {
          id: "add-server",
          label: "Add a server",
          group: "Servers",
          icon: <Plus size={15} />,
          keywords: ["account", "connect", "another"],
          run: add,
        },
      ];
