/** The desktop's pages in a browser: its bridge, as far as these tests ask of it, answered by the test. */
import type { Page } from "@playwright/test";
import { calls } from "../../src/shared/bridge.ts";
import type { AppCode, ServerCheck, ServerProfile } from "../../src/shared/servers.ts";

type Found = { kind: "not-guildhall"; title: string; detail: string } | { kind: "certificate" };

const certificate = {
  ...{ host: "example.org", problem: "self-signed" as const, fingerprint: "0f".repeat(32) },
  ...{ subject: "example.org", issuer: "example.org", names: [] },
  ...{ validFrom: "2026-01-01T00:00:00Z", validTo: "2030-01-01T00:00:00Z" },
};

export async function installBridge(
  page: Page,
  serverUrl: string,
  signInByBrowser: () => Promise<AppCode>,
) {
  const asked: { name: string; argument: unknown }[] = [];
  let next: Found | null = null;
  const stored: { serverUrl: string | null; token: string | null } = {
    serverUrl: null,
    token: null,
  };
  const profile = (id: string, label: string): ServerProfile => ({
    ...{ id, label, kind: "server", isOwn: id === "one", isSignedIn: true },
    ...{ serverUrl, certificate: null },
  });
  const answers: Record<string, (argument: unknown) => unknown> = {
    getServerUrl: () => stored.serverUrl,
    setServerUrl() {
      stored.serverUrl = serverUrl;
      return serverUrl;
    },
    getToken: () => stored.token,
    setToken(token) {
      stored.token = String(token);
      return "keychain";
    },
    checkServer(): ServerCheck {
      const found = next;
      next = null;
      if (found?.kind === "certificate") return { kind: "certificate", serverUrl, certificate };
      return found ? { ...found, serverUrl } : { kind: "ok", serverUrl };
    },
    signInByBrowser,
    listProfiles: () => [profile("one", "Mill server"), profile("two", "Forge server")],
    storesTokensInPlain: () => null,
  };
  await page.exposeFunction("askMain", (name: string, argument: unknown) => {
    asked.push({ name, argument });
    return answers[name]?.(argument);
  });
  await page.addInitScript((names) => {
    const { askMain } = window as unknown as {
      askMain: (name: string, argument: unknown) => Promise<unknown>;
    };
    const asking = names.map((name) => [name, (argument: unknown) => askMain(name, argument)]);
    const bridge = { ...Object.fromEntries(asking), on: () => () => undefined };
    Object.assign(window, { guildhall: { ...bridge, os: "linux", version: "0.1.0" } });
  }, Object.keys(calls));
  return {
    /** What is at the address that is asked about next. */
    next: (found: Found) => {
      next = found;
    },
    asked: (name: string) =>
      asked.filter((each) => each.name === name).map(({ argument }) => argument),
  };
}
