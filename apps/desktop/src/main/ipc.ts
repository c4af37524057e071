import { type IpcMainInvokeEvent, ipcMain } from "electron";
import { channels } from "../shared/bridge.ts";
import { isOwn, openExternal } from "./lock-down.ts";
import { readServerUrl } from "./server-url.ts";
import type { SettingsFile } from "./settings.ts";
import type { TokenStore } from "./token-store.ts";

type Parts = {
  settings: SettingsFile;
  tokens: TokenStore;
  ownOrigin: string;
  currentServerUrl: () => string | null;
};

/** Answers the bridge. Only our own page's main frame is heard, and each argument is checked here. */
export function answerBridge({ settings, tokens, ownOrigin, currentServerUrl }: Parts) {
  const handle = (channel: string, answer: (argument: unknown) => unknown) => {
    ipcMain.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
      const frame = event.senderFrame;
      if (!frame || frame.parent || !isOwn(frame.url, ownOrigin)) {
        throw new Error("Refused: not asked by the app's own page.");
      }
      return answer(argument);
    });
  };

  handle(channels.getServerUrl, currentServerUrl);
  handle(channels.setServerUrl, (typed) => {
    const serverUrl = readServerUrl(text(typed));
    settings.update({ serverUrl });
    return serverUrl;
  });
  handle(channels.getToken, () => tokens.get());
  handle(channels.setToken, (token) => tokens.set(text(token)));
  handle(channels.clearToken, () => tokens.clear());
  handle(channels.openExternal, (url) => openExternal(text(url)));
}

function text(argument: unknown): string {
  if (typeof argument !== "string" || argument.length > 8192) {
    throw new Error("Expected a text of at most 8192 characters.");
  }
  return argument;
}
