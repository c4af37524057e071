import type { StarterKey } from "@guildhall/document-model/starters";
import { createContext, use } from "react";
import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import type { TreePlace } from "@/entities/documents/sync/use-document-mutations.ts";
import { invariant } from "@/lib/invariant.ts";
import type { Observable } from "@/lib/observable.ts";
import type { Where } from "./tree-places.ts";

export type Spot = Pick<TreePlace, "parentId" | "projectId">;
/** What is asked about a document in a dialog; one at a time. */
type TreeDialog =
  | { kind: "move" | "share" | "icon"; id: string }
  | { kind: "templates"; spot: Spot }
  | null;

/** The line that the keys act on. `wantsFocus`: it takes the focus as soon as it is drawn. */
type CurrentLine = { id: string | null; wantsFocus: boolean };
type Renaming = { id: string; isNew: boolean } | null;

/** What is open, chosen, named and dragged in the tree of this window; the views share it. */
export type TreeParts = {
  open: Observable<ReadonlySet<string>>;
  setOpen: (id: string, isOpen: boolean) => void;
  current: Observable<CurrentLine>;
  renaming: Observable<Renaming>;
  dragged: Observable<string | null>;
  dropAt: Observable<{ id: string; where: Where } | null>;
  /** Said aloud to those who do not see what a move did. */
  announcement: Observable<string>;
  dialog: Observable<TreeDialog>;
};

/** What is done with documents from anywhere: shown at once, told with its way back. */
export type TreeCommands = {
  show: (row: DocumentRow) => void;
  /** Named where it appears in the tree, or opened at once. Returns its id. */
  create: (kind: DocumentRow["kind"], spot: Spot, how: "name" | "open") => string;
  fromStarter: (starter: StarterKey, spot: Spot) => void;
  fromTemplate: (template: DocumentRow, spot: Spot) => Promise<void>;
  rename: (row: DocumentRow, title: string) => void;
  setIcon: (row: DocumentRow, icon: string | null) => void;
  move: (row: DocumentRow, place: TreePlace) => void;
  duplicate: (row: DocumentRow) => Promise<void>;
  setFavourite: (row: DocumentRow, isFavourite: boolean) => void;
  setTemplate: (row: DocumentRow, isTemplate: boolean) => void;
  archive: (row: DocumentRow) => void;
  restore: (row: DocumentRow) => void;
  remove: (row: DocumentRow) => void;
  copyLink: (row: DocumentRow) => Promise<void>;
  /** Opens in the desktop app. */
  copyAppLink: (row: DocumentRow) => Promise<void>;
  showActivity: (row: DocumentRow) => void;
};

export const TreeContext = createContext<{ parts: TreeParts; commands: TreeCommands } | null>(null);

const useTreeContext = () => invariant(use(TreeContext), "this is inside a workspace");
export const useTreeParts = () => useTreeContext().parts;
export const useTreeCommands = () => useTreeContext().commands;
