import path from "node:path";
import { createFolderStore, createS3Store } from "@guildhall/api/server";
import type { Env } from "../settings/env.ts";

/** The bucket that was named, or the data folder. */
export async function fileStoreOf(env: Env) {
  const { MINIO_ENDPOINT: endPoint, MINIO_SECURE: useSSL } = env;
  if (!endPoint) return createFolderStore(path.join(env.GUILDHALL_DATA, "files"));
  return createS3Store({
    endPoint,
    port: env.MINIO_PORT ?? (useSSL ? 443 : 9_000),
    useSSL,
    accessKey: env.MINIO_ACCESS_KEY ?? "",
    secretKey: env.MINIO_SECRET_KEY ?? "",
    bucket: env.MINIO_BUCKET,
    publicUrl: env.MINIO_PUBLIC_URL ?? null,
  });
}
