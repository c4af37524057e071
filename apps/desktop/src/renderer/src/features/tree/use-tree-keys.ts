import { type KeyboardEvent, useRef } from "react";
import { parentLine, type TreeNode } from "@/entities/documents/menu/tree-nodes.ts";
import { useTreeCommands, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import {
  type Direction,
  mayGo,
  mayMove,
  stepPlace,
} from "@/entities/documents/menu/tree-places.ts";
import type { ShownTree } from "@/entities/documents/sync/use-tree.ts";
import { keysOf } from "@/ui/shortcuts/keys.ts";
import { isMac } from "@/ui/shortcuts/use-shortcut.ts";

/** How long letters count as one word that is looked for. */
const WORD_MS = 700;

type Options = {
  nodes: readonly TreeNode[];
  tree: ShownTree;
  /** Says where something has gone. */
  tell: (id: string) => void;
};

/** The keys of a tree, as they are everywhere, and those of what can be done with a document. */
export function useTreeKeys({ nodes, tree, tell }: Options) {
  const { current, setOpen, renaming, dialog } = useTreeParts();
  const commands = useTreeCommands();
  const word = useRef({ text: "", at: 0 });

  const go = (index: number) => {
    const node = nodes[index];
    if (node) current.set({ id: node.id, wantsFocus: true });
  };

  function walk(key: string, at: number): boolean {
    const node = nodes[at];
    switch (key) {
      case "arrowdown":
        go(at + 1);
        return true;
      case "arrowup":
        go(Math.max(0, at - 1));
        return true;
      case "home":
        go(0);
        return true;
      case "end":
        go(nodes.length - 1);
        return true;
      case "arrowright":
        if (node?.isOpen) go(at + 1);
        else if (node?.isOpen === false) setOpen(node.id, true);
        return true;
      case "arrowleft":
        if (node?.isOpen) setOpen(node.id, false);
        else go(parentLine(nodes, at));
        return true;
      case "enter":
        if (node?.kind === "document") commands.show(node.row);
        else if (node) setOpen(node.id, !node.isOpen);
        return true;
      case "space":
        if (node && node.isOpen !== null) setOpen(node.id, !node.isOpen);
        return true;
      default:
        return false;
    }
  }

  const steps: Record<string, Direction> = {
    "alt+arrowup": "up",
    "alt+arrowdown": "down",
    "alt+arrowright": "in",
    "alt+arrowleft": "out",
  };

  function runKey(key: string, node: TreeNode): boolean {
    if (node.kind === "project") {
      if (key !== "mod+enter" || !tree.mayEditIn(node.id)) return false;
      commands.create("document", { parentId: null, projectId: node.id }, "name");
      return true;
    }
    const { row } = node;
    if (key === "mod+shift+c") return done(() => commands.copyLink(row));
    const step = steps[key];
    if (step) {
      const place = mayMove(tree, row) ? stepPlace(tree, row, step) : null;
      if (place && mayGo(tree, row, place)) {
        commands.move(row, place);
        current.set({ id: row.id, wantsFocus: true });
        tell(row.id);
      }
      return true;
    }
    if (!tree.mayEdit(row)) return false;
    switch (key) {
      case "mod+enter": {
        const spot = { parentId: row.id, projectId: row.projectId };
        return done(() => commands.create("document", spot, "name"));
      }
      case "f2":
        return done(() => renaming.set({ id: row.id, isNew: false }));
      case "mod+shift+m":
        return done(() => mayMove(tree, row) && dialog.set({ kind: "move", id: row.id }));
      case "mod+d":
        return done(() => mayMove(tree, row) && commands.duplicate(row));
      case "alt+e":
        return done(() => leaveTo(row.id, () => commands.archive(row)));
      case "delete":
      case "mod+backspace":
        return done(() => leaveTo(row.id, () => commands.remove(row)));
      default:
        return false;
    }
  }

  /** The focus stays in the tree when the line that had it goes. */
  function leaveTo(id: string, leave: () => void) {
    const at = nodes.findIndex((node) => node.id === id);
    const next = nodes.slice(at + 1).find(({ level }) => level <= (nodes[at]?.level ?? 1));
    const there = next ?? nodes[at - 1];
    leave();
    current.set({ id: there?.id ?? null, wantsFocus: true });
  }

  function find(letter: string, at: number): boolean {
    const now = performance.now();
    const isOn = now - word.current.at < WORD_MS;
    const text = (isOn ? word.current.text : "") + letter.toLowerCase();
    word.current = { text, at: now };
    const from = isOn ? at : at + 1;
    const found = [...nodes.keys()]
      .map((_, i) => (from + i) % nodes.length)
      .find((i) => titleOf(nodes[i]).startsWith(text));
    if (found !== undefined) go(found);
    return true;
  }

  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    const at = nodes.findIndex(({ id }) => id === current.get().id);
    const node = nodes[at];
    if (!node) return;
    const key = keysOf(event.nativeEvent, isMac);
    const isLetter = event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key);
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
    // Within a word that is looked for it is a letter, else it opens and closes.
    const isSpelt = event.key === " " && performance.now() - word.current.at < WORD_MS;
    if (
      (isSpelt && find(" ", at)) ||
      walk(key, at) ||
      runKey(key, node) ||
      (isLetter && isPlain && find(event.key, at))
    ) {
      event.preventDefault();
    }
  };
}

function done(run: () => unknown): true {
  run();
  return true;
}

const titleOf = (node: TreeNode | undefined) =>
  (node?.kind === "project" ? node.project.name : (node?.row.title ?? "")).toLowerCase();
