import { app, type WebContents } from "electron";
import type { ServePages } from "../app-protocol.ts";
import type { SettingsFile } from "../settings.ts";
import { askForPlain } from "./ask-for-plain.ts";
import type { AppProtocol } from "./check-server.ts";
import { answerProfileCalls, type ProfileWindows } from "./profile-calls.ts";
import { openProfileSessions } from "./profile-sessions.ts";
import { labelOf, openProfiles } from "./profiles.ts";
import { readServerUrl } from "./server-url.ts";
import { openTokenStore } from "./token-store.ts";

type Options = {
  settings: SettingsFile;
  /** For the first profile, until its person names another. */
  presetServerUrl: string | undefined;
  servePages: ServePages;
  protocol: AppProtocol;
  windows: ProfileWindows;
};

/** All that the app knows of servers and accounts, put together. */
export function openServers({ settings, presetServerUrl, servePages, protocol, windows }: Options) {
  const profiles = openProfiles(settings);
  const preset = presetServerUrl ? readServerUrl(presetServerUrl) : null;
  function serverUrlOf(id: string): string | null {
    const { serverUrl } = profiles.get(id);
    return serverUrl ?? (profiles.list().length === 1 ? preset : null);
  }
  const tokens = openTokenStore({ settings, profiles, serverUrlOf, askForPlain });
  const sessions = openProfileSessions(profiles, servePages);
  const parts = {
    profiles,
    tokens,
    sessions,
    windows,
    serverUrlOf,
    app: { ...protocol, version: app.getVersion() },
  };
  const { calls, add } = answerProfileCalls(parts);

  return {
    calls,
    profiles,
    tokens,
    serverUrlOf,
    sessionOf: sessions.open,
    /** For a menu. */
    list: () => profiles.list().map((each) => ({ id: each.id, label: labelOf(each) })),
    current: () => profiles.current().id,
    /** One of its windows came to the front. */
    used(id: string) {
      if (profiles.find(id) && profiles.current().id !== id) profiles.setCurrent(id);
    },
    switchTo(id: string, from: WebContents | null) {
      profiles.setCurrent(id);
      windows.show(id, from);
    },
    add,
    /** The account on this server that was used last, or another one there; null: there is none. */
    ofServer(serverUrl: string): string | null {
      const there = profiles.list().filter(({ id }) => serverUrlOf(id) === serverUrl);
      return (there.find(({ id }) => id === profiles.current().id) ?? there[0])?.id ?? null;
    },
    /** An account on a server that its person has agreed to: answers its id. */
    addServer(serverUrl: string): string {
      const { id } = profiles.add({ serverUrl: readServerUrl(serverUrl) });
      windows.onChanged();
      return id;
    },
  };
}

export type Servers = ReturnType<typeof openServers>;
