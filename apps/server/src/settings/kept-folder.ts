import type { Env } from "./env.ts";
import { KEPT_SECRETS } from "./kept-secret.ts";

/** What a backup takes of the data folder. */
export const keptFolder = ({ GUILDHALL_DATA }: Env) => ({
  folder: GUILDHALL_DATA,
  secrets: KEPT_SECRETS,
});
