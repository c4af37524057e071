import { Menu, type MenuItemConstructorOptions } from "electron";
import type { MenuCommand } from "../shared/bridge.ts";

/**
 * The menu repeats what the page's keys do, without taking the keys: `registerAccelerator: false`
 * shows a key and leaves it to the page, which knows whether the person is typing.
 */
type Options = {
  send: (command: MenuCommand) => void;
  profiles: { id: string; label: string }[];
  onSwitch: (profileId: string) => void;
  onAdd: () => void;
};

export function setAppMenu({ send, profiles, onSwitch, onAdd }: Options) {
  const command = (label: string, name: MenuCommand, accelerator?: string) => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => send(name),
  });

  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === "darwin" ? [{ role: "appMenu" as const }] : []),
    {
      label: "File",
      submenu: [
        command("New task", "new-task", "C"),
        { type: "separator" },
        command("Settings", "settings", "CmdOrCtrl+,"),
        command("Sign out", "sign-out"),
        { type: "separator" },
        { role: process.platform === "darwin" ? "close" : "quit" },
      ],
    },
    { role: "editMenu" },
    {
      label: "Go",
      submenu: [
        command("Search", "search", "/"),
        command("Command palette", "palette", "CmdOrCtrl+K"),
      ],
    },
    {
      label: "Servers",
      submenu: [
        ...profiles.map(({ id, label }, index) => ({
          label,
          // Nothing in the page has these keys, so that the menu may take them.
          ...(index < 9 && { accelerator: `CmdOrCtrl+${index + 1}` }),
          click: () => onSwitch(id),
        })),
        { type: "separator" },
        { label: "Add a server…", click: onAdd },
      ],
    },
    { role: "viewMenu" },
    { role: "windowMenu" },
    { role: "help", submenu: [command("Keyboard shortcuts", "shortcuts", "?")] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
