import type { MenuItemConstructorOptions } from "electron";
import type { MenuCommand } from "../../shared/bridge.ts";

type Item = MenuItemConstructorOptions;

/** What main does itself; everything else is the page's. */
export type AppCommands = {
  page: (name: MenuCommand) => void;
  newWindow: () => void;
  quickAdd: () => void;
  zoom: (step: 1 | 0 | -1) => void;
  print: () => void;
  savePdf: () => void;
  switchTo: (profileId: string) => void;
  addServer: () => void;
};

/** In the order in which they are listed. */
export type MenuProfiles = readonly { id: string; label: string }[];

const line: Item = { type: "separator" };

/**
 * The menu repeats what the page's keys do, without taking the keys: `registerAccelerator: false`
 * shows a key and leaves it to the page, which knows whether the person is typing.
 */
export function appMenu(
  commands: AppCommands,
  profiles: MenuProfiles,
  platform: NodeJS.Platform,
): Item[] {
  const isMac = platform === "darwin";
  const page = (label: string, name: MenuCommand, accelerator?: string): Item => ({
    label,
    // macOS registers each key that a menu shows: a plain letter would be taken from who is typing.
    ...(accelerator && (!isMac || accelerator.includes("+")) && { accelerator }),
    registerAccelerator: false,
    click: () => commands.page(name),
  });
  const settings = page("Settings…", "settings", "CmdOrCtrl+,");
  return [
    ...(isMac ? [macMenu(settings)] : []),
    {
      label: "File",
      submenu: [
        page("New task", "new-task", "C"),
        { label: "Quick add…", click: commands.quickAdd },
        { label: "New window", accelerator: "CmdOrCtrl+Shift+N", click: commands.newWindow },
        line,
        { label: "Save as PDF…", click: commands.savePdf },
        { label: "Print…", accelerator: "CmdOrCtrl+P", click: commands.print },
        line,
        ...(isMac ? [] : [settings]),
        page("Sign out", "sign-out"),
        line,
        { role: "close" },
        ...(isMac ? [] : [{ role: "quit" as const }]),
      ],
    },
    editMenu(page, isMac),
    viewMenu(commands),
    {
      label: "Go",
      submenu: [
        page("Back", "back", isMac ? "Cmd+[" : "Alt+Left"),
        page("Forward", "forward", isMac ? "Cmd+]" : "Alt+Right"),
        line,
        page("Inbox", "inbox"),
        page("Search", "search", "/"),
        page("Command palette", "palette", "CmdOrCtrl+K"),
      ],
    },
    serversMenu(commands, profiles),
    { role: "windowMenu" },
    { role: "help", submenu: [page("Keyboard shortcuts", "shortcuts", "?")] },
  ];
}

const macMenu = (settings: Item): Item => ({
  role: "appMenu",
  submenu: [
    { role: "about" },
    line,
    settings,
    line,
    { role: "services" },
    line,
    { role: "hide" },
    { role: "hideOthers" },
    { role: "unhide" },
    line,
    { role: "quit" },
  ],
});

function editMenu(
  page: (label: string, name: MenuCommand, accelerator?: string) => Item,
  isMac: boolean,
): Item {
  return {
    label: "Edit",
    submenu: [
      // Undoing is the page's: in a text it is the text's, elsewhere what was done last.
      { role: "undo", registerAccelerator: false },
      { role: "redo", registerAccelerator: false },
      line,
      { role: "cut" },
      { role: "copy" },
      { role: "paste" },
      { role: "pasteAndMatchStyle" },
      { role: "delete" },
      { role: "selectAll", registerAccelerator: false },
      line,
      page("Find…", "find", "CmdOrCtrl+F"),
      ...(isMac
        ? [
            line,
            {
              label: "Speech",
              submenu: [{ role: "startSpeaking" }, { role: "stopSpeaking" }],
            } as Item,
          ]
        : []),
    ],
  };
}

const viewMenu = ({ zoom }: AppCommands): Item => ({
  label: "View",
  submenu: [
    { role: "reload" },
    { role: "toggleDevTools" },
    line,
    { label: "Actual size", accelerator: "CmdOrCtrl+0", click: () => zoom(0) },
    { label: "Zoom in", accelerator: "CmdOrCtrl+Plus", click: () => zoom(1) },
    // The same key without Shift, where plus is above equals.
    {
      label: "Zoom in",
      accelerator: "CmdOrCtrl+=",
      visible: false,
      acceleratorWorksWhenHidden: true,
      click: () => zoom(1),
    },
    { label: "Zoom out", accelerator: "CmdOrCtrl+-", click: () => zoom(-1) },
    line,
    { role: "togglefullscreen" },
  ],
});

const serversMenu = ({ switchTo, addServer }: AppCommands, profiles: MenuProfiles): Item => ({
  label: "Servers",
  submenu: [
    ...profiles.map(({ id, label }, index) => ({
      label,
      // Nothing in the page has these keys, so that the menu may take them.
      ...(index < 9 && { accelerator: `CmdOrCtrl+${index + 1}` }),
      click: () => switchTo(id),
    })),
    line,
    { label: "Add a server…", click: addServer },
  ],
});
