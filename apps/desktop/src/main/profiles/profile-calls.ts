import { hostname } from "node:os";
import type { WebContents } from "electron";
import type { ServerCheck, ServerProfile } from "../../shared/servers.ts";
import type { Handlers } from "../bridge/answer-calls.ts";
import { ExpectedError } from "../bridge/expected-error.ts";
import { openExternal } from "../lock-down.ts";
import type { Profile } from "../settings.ts";
import { signInByBrowser } from "./browser-sign-in.ts";
import { type AppProtocol, checkServer } from "./check-server.ts";
import type { ProfileSessions } from "./profile-sessions.ts";
import { labelOf, type Profiles } from "./profiles.ts";
import { readServerUrl } from "./server-url.ts";
import type { TokenStore } from "./token-store.ts";

/** What profiles want of the windows. */
export type ProfileWindows = {
  /** In front: one that is there, else a new one. `instead` is the window that was switched from. */
  show(profileId: string, instead: WebContents | null): void;
  /** Every window of it, whatever their pages say. */
  closeAll(profileId: string): void;
  /** Something about the list is another. */
  onChanged(): void;
};

type Parts = {
  profiles: Profiles;
  tokens: TokenStore;
  sessions: ProfileSessions;
  windows: ProfileWindows;
  serverUrlOf: (profileId: string) => string | null;
  app: AppProtocol & { version: string };
};

/** The bridge's rows about servers and accounts. A page may ask of its own profile, and of the list of all. */
export function answerProfileCalls(parts: Parts) {
  const { profiles, tokens, sessions, windows, serverUrlOf, app } = parts;

  const shown = (profile: Profile, ownId: string): ServerProfile => ({
    id: profile.id,
    kind: profile.kind,
    label: labelOf(profile),
    serverUrl: serverUrlOf(profile.id),
    isOwn: profile.id === ownId,
    isSignedIn: tokens.get(profile.id) !== null,
    certificate: profile.certificate,
  });

  const signIns = new Map<string, AbortController>();
  /** What a server was refused for last, in each profile: only what was shown can be trusted. */
  const seen = new Map<string, ServerCheck & { kind: "certificate" }>();

  async function check(profileId: string, typed: string | null): Promise<ServerCheck> {
    const serverUrl = typed === null ? serverUrlOf(profileId) : readServerUrl(typed);
    if (!serverUrl) throw new ExpectedError("No server was named yet.");
    const found = await checkServer(serverUrl, app, profiles.get(profileId).certificate);
    if (found.kind === "certificate") seen.set(profileId, found);
    return found;
  }

  function add(from: WebContents | null): string {
    // One in which no server was named yet is the one to name it in.
    const blank = profiles.list().find(({ id, kind }) => kind === "server" && !serverUrlOf(id));
    const { id } = blank ?? profiles.add();
    windows.show(id, from);
    windows.onChanged();
    return id;
  }

  const calls = {
    getServerUrl: (_nothing, { profileId }) => serverUrlOf(profileId),
    checkServer: (typed, { profileId }) => check(profileId, typed),
    setServerUrl(typed, { profileId }) {
      const serverUrl = readServerUrl(typed);
      const { certificate } = profiles.get(profileId);
      const isOfAnother = certificate?.host !== new URL(serverUrl).hostname;
      profiles.update(profileId, { serverUrl, ...(isOfAnother && { certificate: null }) });
      windows.onChanged();
      return serverUrl;
    },
    async trustCertificate({ host, fingerprint }, { profileId }) {
      const certificate = seen.get(profileId)?.certificate;
      const isShown = certificate?.host === host && certificate.fingerprint === fingerprint;
      if (!isShown || certificate.problem === "revoked") {
        throw new ExpectedError(
          "The server shows another certificate now. Check it again before you trust it.",
        );
      }
      const { subject } = certificate;
      profiles.update(profileId, { certificate: { host, fingerprint, subject } });
      await sessions.certificateChanged(profileId);
      windows.onChanged();
    },
    async distrustCertificate(id) {
      profiles.update(id, { certificate: null });
      await sessions.certificateChanged(id);
      windows.onChanged();
    },

    async signInByBrowser(_nothing, { profileId, contents }) {
      const serverUrl = serverUrlOf(profileId);
      if (!serverUrl) throw new ExpectedError("No server was named yet.");
      // Whoever clicked again has lost the tab: the first one's answer is not waited for any more.
      signIns.get(profileId)?.abort();
      const asked = new AbortController();
      signIns.set(profileId, asked);
      const end = () => asked.abort();
      contents.once("destroyed", end);
      try {
        const { signal } = asked;
        const named = { app: `Guildhall ${app.version} for ${systemName()}`, computer: hostname() };
        const openInBrowser = openExternal;
        return await signInByBrowser({ serverUrl, ...named, openInBrowser, signal });
      } finally {
        contents.off("destroyed", end);
        if (!contents.isDestroyed()) windows.show(profileId, null);
      }
    },
    cancelSignInByBrowser(_nothing, { profileId }) {
      signIns.get(profileId)?.abort();
    },

    getToken: (_nothing, { profileId }) => tokens.get(profileId),
    async setToken(token, { profileId }) {
      const kept = await tokens.set(profileId, token);
      windows.onChanged();
      return kept;
    },
    clearToken(_nothing, { profileId }) {
      tokens.clear(profileId);
      windows.onChanged();
    },
    storesTokensInPlain: () => tokens.storesInPlain(),
    setStoresTokensInPlain: (may) => tokens.setStoresInPlain(may),

    listProfiles: (_nothing, { profileId }) =>
      profiles.list().map((each) => shown(each, profileId)),
    addProfile: (_nothing, { contents }) => add(contents),
    switchProfile(id, { contents }) {
      profiles.setCurrent(id);
      windows.show(id, contents);
    },
    renameProfile({ id, name }) {
      profiles.update(id, { name: name.trim() || null });
      windows.onChanged();
    },
    async removeProfile(id) {
      profiles.get(id);
      windows.closeAll(id);
      tokens.clear(id);
      profiles.remove(id);
      windows.show(profiles.current().id, null);
      windows.onChanged();
      await sessions.clear(id);
    },
    async forgetStored(_nothing, { profileId }) {
      await sessions.forget(profileId);
    },
  } satisfies Partial<Handlers>;
  return { calls, add };
}

const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: "macOS", win32: "Windows" };
const systemName = () => systems[process.platform] ?? "Linux";
