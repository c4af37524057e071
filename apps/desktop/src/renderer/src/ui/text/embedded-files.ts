import { type ComponentType, createContext, type ReactNode } from "react";

/** How files that stand in a text are shown; the app gives it, since a text knows only their ids. */
export type OwnFiles = {
  Image: ComponentType<{ id: string; alt: string }>;
  Link: ComponentType<{ id: string; children: ReactNode }>;
};

export const OwnFilesContext = createContext<OwnFiles | null>(null);

const OWN = /^guildhall:file\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The id in the address of a file of this workspace, as a text has it. */
export const ownFileId = (address: string | undefined): string | null =>
  OWN.exec(address ?? "")?.[1] ?? null;
