import type { UploadTarget } from "@/sync/outbox/upload-list.ts";

export type { FilePlace, UploadTarget } from "@/sync/outbox/upload-list.ts";

export const targetKey = (target: UploadTarget) => Object.values(target).join();
