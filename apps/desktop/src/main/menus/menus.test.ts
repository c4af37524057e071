import { BrowserWindow, type ContextMenuParams, clipboard, Menu } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { double, shownMenu, startElectron } from "../../../testing/electron/control.ts";
import { type AppCommands, appMenu } from "./app-menu.ts";
import { offerContextMenu } from "./context-menu.ts";

beforeEach(() => startElectron());

const profiles = [
  { id: "p1", label: "team.example.org" },
  { id: "p2", label: "On this computer" },
];

function build(platform: NodeJS.Platform) {
  const commands = {
    ...{ page: vi.fn(), newWindow: vi.fn(), quickAdd: vi.fn(), zoom: vi.fn(), print: vi.fn() },
    ...{ savePdf: vi.fn(), switchTo: vi.fn(), addServer: vi.fn() },
  } satisfies AppCommands;
  const template = appMenu(commands, profiles, platform);
  // The double makes no types of Electron's own.
  const menu = Menu.buildFromTemplate(template) as unknown as NonNullable<typeof shownMenu.menu>;
  return { template, commands, menu };
}

describe("the app's menu", () => {
  it("has the menus that each system has", () => {
    const names = (platform: NodeJS.Platform) =>
      build(platform).menu.items.map(({ role, label }) => role ?? label);
    const common = ["File", "Edit", "View", "Go", "Servers", "windowmenu", "help"];
    expect(names("win32")).toEqual(common);
    expect(names("darwin")).toEqual(["appmenu", ...common]);
  });

  it("does what it says", () => {
    const { menu, commands } = build("win32");
    for (const path of [
      ["File", "New window"],
      ["File", "Quick add…"],
      ["File", "Save as PDF…"],
      ["File", "Print…"],
      ["View", "Zoom in"],
      ["View", "Zoom out"],
      ["View", "Actual size"],
      ["Edit", "Find…"],
      ["Go", "Inbox"],
      ["Go", "Back"],
      ["Servers", "On this computer"],
      ["Servers", "Add a server…"],
    ]) {
      menu.find(...path)?.click();
    }
    const { page, newWindow, quickAdd, zoom, print, savePdf, switchTo, addServer } = commands;
    for (const once of [newWindow, quickAdd, print, savePdf, addServer]) {
      expect(once).toHaveBeenCalledOnce();
    }
    expect(zoom.mock.calls).toEqual([[1], [-1], [0]]);
    expect(page.mock.calls).toEqual([["find"], ["inbox"], ["back"]]);
    expect(switchTo).toHaveBeenCalledWith("p2");
  });

  it.each(["darwin", "win32", "linux"] as const)("takes no key twice, on %s", (platform) => {
    const keys = keysOf(build(platform).template);
    expect(keys.filter((key, n) => keys.indexOf(key) !== n)).toEqual([]);
  });

  it("takes no letter that somebody types, on macOS", () => {
    expect(keysOf(build("darwin").template).filter((key) => !key.includes("+"))).toEqual([]);
    expect(keysOf(build("linux").template)).toContain("C");
  });
});

function keysOf(items: Electron.MenuItemConstructorOptions[]): string[] {
  return items.flatMap(({ accelerator, submenu }) => [
    ...(accelerator ? [String(accelerator)] : []),
    ...(Array.isArray(submenu) ? keysOf(submenu) : []),
  ]);
}

describe("the menu at the pointer", () => {
  const nothing = {
    ...{ x: 5, y: 6, misspelledWord: "", dictionarySuggestions: [], isEditable: false },
    ...{ selectionText: "", linkURL: "", srcURL: "", mediaType: "none", hasImageContents: false },
    editFlags: { canUndo: true, canRedo: false, canCut: true, canCopy: true, canPaste: true },
  };

  function open(params: Partial<ContextMenuParams>) {
    const window = new BrowserWindow();
    offerContextMenu(window.webContents);
    shownMenu.menu = null;
    const { webContents } = double(window);
    webContents.emit("context-menu", {}, { ...nothing, ...params });
    return { contents: webContents, menu: lastShown() };
  }
  /** By a function: the compiler takes it for what was set above. */
  const lastShown = () => shownMenu.menu;
  const labels = (menu: typeof shownMenu.menu) =>
    menu?.items.map(({ type, role, label }) => (type === "separator" ? "-" : (role ?? label)));

  it("suggests how a word is spelled, takes it into the dictionary, and edits", () => {
    const { contents, menu } = open({
      ...{ misspelledWord: "wheal", dictionarySuggestions: ["wheel", "wheat"], isEditable: true },
    });
    expect(labels(menu)?.slice(0, 5)).toEqual(["wheel", "wheat", "Add to dictionary", "-", "undo"]);
    expect(labels(menu)).toEqual(expect.arrayContaining(["cut", "copy", "paste", "selectall"]));
    expect(menu?.items.find(({ role }) => role === "redo")?.enabled).toBe(false);
    menu?.find("wheel")?.click();
    expect(contents.asked).toEqual([{ what: "replaceMisspelling", with: ["wheel"] }]);
    menu?.find("Add to dictionary")?.click();
    expect([...contents.session.words]).toEqual(["wheal"]);
  });

  it("says when nothing is suggested", () => {
    const { menu } = open({ misspelledWord: "xqz", isEditable: true });
    expect(menu?.find("No suggestions")?.enabled).toBe(false);
  });

  it("copies an address, and none that only our own pages know", () => {
    open({ linkURL: "https://example.org/a" }).menu?.find("Copy link address")?.click();
    expect(clipboard.readText()).toBe("https://example.org/a");
    open({ linkURL: "mailto:ann@example.org" }).menu?.find("Copy email address")?.click();
    expect(clipboard.readText()).toBe("ann@example.org");
    expect(open({ linkURL: "app://guildhall/w/w1" }).menu).toBeNull();
    expect(open({ linkURL: "javascript:alert(1)" }).menu).toBeNull();
  });

  it("copies and saves a picture", () => {
    const srcURL = "https://team.example.org/files/1";
    const { contents, menu } = open({ mediaType: "image", hasImageContents: true, srcURL });
    menu?.find("Copy image")?.click();
    menu?.find("Save image as…")?.click();
    expect(contents.asked).toEqual([
      { what: "copyImageAt", with: [5, 6] },
      { what: "downloadURL", with: [srcURL] },
    ]);
  });

  it("copies what is selected, and is none where there is nothing to do", () => {
    expect(labels(open({ selectionText: "a word" }).menu)).toEqual(["copy"]);
    expect(open({ selectionText: " \n" }).menu).toBeNull();
  });
});
