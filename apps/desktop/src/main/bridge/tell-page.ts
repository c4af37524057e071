import type { WebContents } from "electron";
import { channelOf, type EventName, type EventValue, events } from "../../shared/bridge.ts";

/** Tells a page something. A page that is gone hears nothing. */
export function tellPage<Name extends EventName>(
  contents: WebContents,
  name: Name,
  value: EventValue<Name>,
) {
  if (contents.isDestroyed()) return;
  contents.send(channelOf(name), events[name].parse(value));
}
