import { describe, expect, it, vi } from "vitest";
import { ariaKeys, keyNames } from "./key-names.ts";
import { createKeys } from "./keys.ts";

function press(key: string, held: Partial<KeyboardEvent> = {}) {
  return { key, preventDefault: vi.fn(), ...held } as unknown as KeyboardEvent;
}

function setUp(isMac = false) {
  const at = { place: "page" as "field" | "popup" | "page", time: 0 };
  const keys = createKeys({ isMac, placeOf: () => at.place, now: () => at.time });
  const on = (written: string, whileTyping?: boolean) => {
    const run = vi.fn();
    const off = keys.register({ keys: written, label: written, group: "Test", run, whileTyping });
    return { run, off };
  };
  return { at, keys, on };
}

describe("the shortcut registry", () => {
  it("runs a single key, and keeps it from the browser", () => {
    const { keys, on } = setUp();
    const { run } = on("c");
    const event = press("c");
    keys.handle(event);
    expect(run).toHaveBeenCalledOnce();
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });

  it("is silent in a field and in a dialog, but for what is meant for there", () => {
    const { at, keys, on } = setUp();
    const plain = on("c");
    const palette = on("mod+k", true);
    for (const place of ["field", "popup"] as const) {
      at.place = place;
      keys.handle(press("c"));
      keys.handle(press("k", { ctrlKey: true }));
    }
    expect(plain.run).not.toHaveBeenCalled();
    expect(palette.run).toHaveBeenCalledTimes(2);
  });

  it("takes two keys after each other as one, within a moment", () => {
    const { at, keys, on } = setUp();
    const board = on("g b");
    const bold = on("b");
    keys.handle(press("g"));
    keys.handle(press("b"));
    expect(board.run).toHaveBeenCalledOnce();
    expect(bold.run).not.toHaveBeenCalled();

    keys.handle(press("g"));
    at.time = 2000;
    keys.handle(press("b"));
    expect(board.run).toHaveBeenCalledOnce();
    expect(bold.run).toHaveBeenCalledOnce();
  });

  it("gives a key to the last one registered, and back to the one before", () => {
    const { keys, on } = setUp();
    const page = on("escape");
    const panel = on("escape");
    keys.handle(press("Escape"));
    panel.off();
    keys.handle(press("Escape"));
    expect(panel.run).toHaveBeenCalledOnce();
    expect(page.run).toHaveBeenCalledOnce();
  });

  it("means ⌘ on a Mac and Ctrl elsewhere by mod", () => {
    const mac = setUp(true);
    const palette = mac.on("mod+k");
    mac.keys.handle(press("k", { ctrlKey: true }));
    expect(palette.run).not.toHaveBeenCalled();
    mac.keys.handle(press("k", { metaKey: true }));
    expect(palette.run).toHaveBeenCalledOnce();
  });

  it("finds ? by its sign, wherever a layout puts it, and tells Shift+C from C", () => {
    const { keys, on } = setUp();
    const help = on("?");
    const plain = on("c");
    const shifted = on("shift+c");
    keys.handle(press("?", { shiftKey: true }));
    keys.handle(press("C", { shiftKey: true }));
    expect(help.run).toHaveBeenCalledOnce();
    expect(shifted.run).toHaveBeenCalledOnce();
    expect(plain.run).not.toHaveBeenCalled();
  });

  it("finds a command by its place in a layout without Latin letters, and by its letter in one with", () => {
    const { keys, on } = setUp();
    const edit = on("e");
    const undo = on("mod+z");
    const redo = on("mod+shift+z");
    const board = on("g b");
    const help = on("?");
    const sidebar = on("[");
    // Russian: the keys of E, Z, G, B, ? and [.
    keys.handle(press("у", { code: "KeyE" }));
    keys.handle(press("я", { code: "KeyZ", ctrlKey: true }));
    keys.handle(press("Я", { code: "KeyZ", ctrlKey: true, shiftKey: true }));
    keys.handle(press("п", { code: "KeyG" }));
    keys.handle(press("и", { code: "KeyB" }));
    keys.handle(press("х", { code: "BracketLeft" }));
    for (const { run } of [edit, undo, redo, board, sidebar]) expect(run).toHaveBeenCalledOnce();
    // Greek, Hebrew and Arabic.
    for (const key of ["ε", "ק", "ث"]) keys.handle(press(key, { code: "KeyE" }));
    expect(edit.run).toHaveBeenCalledTimes(4);
    // Dvorak has its E where a US keyboard has D, AZERTY its Z where W is: the letter counts.
    keys.handle(press("e", { code: "KeyD" }));
    keys.handle(press(".", { code: "KeyE" }));
    keys.handle(press("z", { code: "KeyW", ctrlKey: true }));
    expect(edit.run).toHaveBeenCalledTimes(5);
    expect(undo.run).toHaveBeenCalledTimes(2);
    // A sign that a layout writes somewhere else stays that sign.
    keys.handle(press("?", { code: "Digit7", shiftKey: true }));
    expect(help.run).toHaveBeenCalledOnce();
    // And a German ü is no bracket.
    keys.handle(press("ü", { code: "BracketLeft" }));
    expect(sidebar.run).toHaveBeenCalledOnce();
  });

  it("leaves alone what is being composed or was already used", () => {
    const { keys, on } = setUp();
    const { run } = on("c");
    keys.handle(press("c", { isComposing: true }));
    keys.handle(press("c", { defaultPrevented: true }));
    expect(run).not.toHaveBeenCalled();
  });
});

describe("the names of keys", () => {
  it("are those on the person's keyboard", () => {
    expect(keyNames("mod+k", false)).toEqual([["Ctrl", "K"]]);
    expect(keyNames("mod+shift+enter", true)).toEqual([["⌘", "⇧", "↵"]]);
    expect(keyNames("g b", false)).toEqual([["G"], ["B"]]);
    expect(keyNames("mod++", false)).toEqual([["Ctrl", "+"]]);
  });

  it("have a form for assistive technology", () => {
    expect(ariaKeys("mod+k", false)).toBe("Control+K");
    expect(ariaKeys("g b", false)).toBeUndefined();
  });
});
