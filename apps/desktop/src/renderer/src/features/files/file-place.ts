/** Where a file stands; whoever may see that may see the file. */
export type FilePlace = { documentId: string } | { taskId: string } | { projectId: string };

export const placeKey = (place: FilePlace) => Object.values(place).join();
