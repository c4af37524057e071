/** Set on what a view shows while an edit of it is on its way, or was refused. */
export type EditMark = { state: "waiting" } | { state: "failed"; entryId: string; message: string };
