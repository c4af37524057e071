import type { UploadTarget } from "@/sync/upload-list.ts";

export type { FilePlace, UploadTarget } from "@/sync/upload-list.ts";

export const targetKey = (target: UploadTarget) => Object.values(target).join();
