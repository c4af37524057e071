/**
 * Where a person has signed in before. A device keeps what it was given at its sign-ins and shows it at
 * the next one; it opens nothing, but spares its holder the bound that strangers have used up.
 */
import { timingSafeEqual } from "node:crypto";
import type { ApiConfig } from "../core/context.ts";
import { deriveSecret } from "../core/secrets.ts";

/** People who share a device, at most. */
const MOST = 4;

const markOf = (config: Pick<ApiConfig, "jwtSecret">, userId: string) =>
  deriveSecret(config.jwtSecret, `device:${userId}`);

const marksIn = (shown: string | undefined) => shown?.split(".") ?? [];

export function isKnownDevice(
  config: Pick<ApiConfig, "jwtSecret">,
  userId: string | undefined,
  shown: string | undefined,
): boolean {
  if (!userId) return false;
  const mark = Buffer.from(markOf(config, userId));
  return marksIn(shown)
    .map((each) => Buffer.from(each))
    .some((each) => each.length === mark.length && timingSafeEqual(each, mark));
}

/** What the device keeps from now on: this person first, and those who were here before. */
export function rememberDevice(
  config: Pick<ApiConfig, "jwtSecret">,
  userId: string,
  shown: string | undefined,
): string {
  const mark = markOf(config, userId);
  const others = marksIn(shown).filter((each) => each.length === mark.length && each !== mark);
  return [mark, ...others].slice(0, MOST).join(".");
}
