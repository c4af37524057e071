/** Where a file stands; whoever may see that may see the file. */
export type FilePlace = { documentId: string } | { taskId: string } | { projectId: string };

/** Where an upload goes: to a place, or into a file, as its newest version. */
export type UploadTarget = FilePlace | { replaces: string };

export const targetKey = (target: Readonly<Record<string, string>>) => Object.values(target).join();
