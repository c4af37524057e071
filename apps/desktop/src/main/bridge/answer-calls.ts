import { ipcMain } from "electron";
import {
  type CallAnswer,
  type CallArgument,
  type CallName,
  calls,
  channelOf,
  type Envelope,
} from "../../shared/bridge.ts";
import { type Caller, readCaller } from "./callers.ts";
import { ExpectedError } from "./expected-error.ts";

/** What main does for each row of the table. Each part has its own of them (`satisfies Pick<Handlers, …>`). */
export type Handlers = {
  [Name in CallName]: (
    argument: CallArgument<Name>,
    caller: Caller,
  ) => CallAnswer<Name> | Promise<CallAnswer<Name>>;
};

/** Answers the bridge: here, and only here, is seen to who asks, with what, and what an error says. */
export function answerCalls(handlers: Handlers, ownOrigin: string) {
  for (const name of Object.keys(calls) as CallName[]) answerCall(name, handlers[name], ownOrigin);
}

function answerCall<Name extends CallName>(
  name: Name,
  handler: Handlers[Name],
  ownOrigin: string,
): void {
  ipcMain.handle(channelOf(name), async (event, argument: unknown): Promise<Envelope> => {
    const caller = readCaller(event, ownOrigin);
    if (!caller) return refused("Refused: not asked by the app's own page.");
    const read = calls[name].argument.safeParse(argument);
    if (!read.success) return refused(`Refused: that isn't what "${name}" takes.`);
    try {
      return { ok: true, value: await handler(read.data as CallArgument<Name>, caller) };
    } catch (error) {
      if (error instanceof ExpectedError) return refused(error.message);
      console.error(`The app failed at "${name}".`, error);
      const why = error instanceof Error ? error.message : String(error);
      return refused(`The app couldn't do that. Please try again. (${why})`);
    }
  });
}

const refused = (message: string): Envelope => ({ ok: false, message });
