/** What becomes of the server of a workspace on this computer. */
export type LocalState =
  | { kind: "starting" | "backing-up" | "running" | "restarting" | "stopped" }
  /** A sentence for the person. */
  | { kind: "failed"; message: string };

/** Whether the app brings a server, and how much it is. */
export type LocalOffer = {
  /** Of the server and of its database, in MB; null: this app was packed without. */
  megabytes: { server: number; database: number } | null;
  state: LocalState;
};

/** How far a workspace has come on its way to a server. */
export type MoveProgress = {
  workspace: string;
  step: "exporting" | "uploading" | "importing";
  done: number;
  /** 0: not known yet. */
  total: number;
};

/** What is there now, as the server counted it, and as it was counted here. */
export type MovedWorkspace = {
  name: string;
  /** On the server. */
  id: string;
  counts: Record<string, number>;
  /** Of its files. */
  bytes: number;
};
