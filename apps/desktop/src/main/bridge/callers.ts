import type { IpcMainInvokeEvent, WebContents } from "electron";
import { isOwn } from "../lock-down.ts";

/** Who asks: a page that main has opened itself, and for which profile. */
export type Caller = { contents: WebContents; profileId: string };

/** By the pages' own object, which ends with them. */
const profiles = new WeakMap<WebContents, string>();

/** A page that main opens is heard, once this is said of it. */
export function registerPage(contents: WebContents, profileId: string) {
  profiles.set(contents, profileId);
}

export const profileOf = (contents: WebContents): string | null => profiles.get(contents) ?? null;

/**
 * Null: not to be heard. Heard is the main frame of a page that main opened, as long as it shows our own
 * pages: what such a page shows may be a stranger's, and stands in a frame or has navigated away.
 */
export function readCaller(event: IpcMainInvokeEvent, ownOrigin: string): Caller | null {
  const { sender: contents, senderFrame: frame } = event;
  // Null once it has navigated or ended.
  if (!frame || frame.parent || !isOwn(frame.url, ownOrigin)) return null;
  const profileId = profileOf(contents);
  return profileId === null ? null : { contents, profileId };
}
