/** What an import is going to write. Paths are those of the archive. */
export type PlannedNode = {
  id: string;
  /** Null: it stands at the place that was chosen. */
  parentId: string | null;
  kind: "document" | "folder";
  title: string;
  sourceName: string;
  frontMatter: string | null;
  /** Of Yjs; null for a folder. */
  update: Uint8Array | null;
};

export type PlannedFile = {
  id: string;
  name: string;
  /** The document or folder that it is kept with. */
  documentId: string;
  /** Read to its end before the next file comes. */
  content: AsyncIterable<Uint8Array>;
};

export type ImportNote = {
  path: string;
  message: string;
  /** `skipped`: it is not here. `note`: it is, and something about it is to be known. */
  severity: "note" | "skipped";
};

type Counts = {
  documents: number;
  folders: number;
  files: number;
  /** Links and images that name something in the archive and point to it now. */
  linksResolved: number;
  /** Links and images to somewhere in the archive where nothing is; kept as they were. */
  linksUnresolved: number;
};

export type TreeReport = Counts & {
  /** The first two thousand. */
  problems: ImportNote[];
  problemCount: number;
};
