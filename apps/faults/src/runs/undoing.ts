/** What takes back what a run began: servers, networks, folders. */
export type Undo = (() => unknown)[];

/** Takes all of it back, the newest first, however the run ends. */
export async function undoing<T>(play: (undo: Undo) => Promise<T>): Promise<T> {
  const undo: Undo = [];
  try {
    return await play(undo);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
