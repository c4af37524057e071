import type { CallName, EventName } from "../src/shared/bridge.ts";

/** Of each row of the bridge's table one argument that is right, and one that is not. */
export const callExamples = {
  getServerUrl: { right: undefined, wrong: "anything" },
  setServerUrl: { right: "guildhall.example.org", wrong: 8001 },
  checkServer: { right: null, wrong: undefined },
  trustCertificate: {
    right: { host: "example.org", fingerprint: "0f".repeat(32) },
    wrong: { host: "example.org", fingerprint: "all of them" },
  },
  signInByBrowser: { right: undefined, wrong: "https://example.org" },
  cancelSignInByBrowser: { right: undefined, wrong: 1 },
  listProfiles: { right: undefined, wrong: 1 },
  addProfile: { right: undefined, wrong: { kind: "local" } },
  switchProfile: { right: "one", wrong: "x".repeat(65) },
  renameProfile: { right: { id: "one", name: "" }, wrong: { id: "one" } },
  removeProfile: { right: "one", wrong: ["one", "two"] },
  distrustCertificate: { right: "one", wrong: null },
  storesTokensInPlain: { right: undefined, wrong: true },
  setStoresTokensInPlain: { right: true, wrong: "yes" },
  getToken: { right: undefined, wrong: {} },
  setToken: { right: "a-token", wrong: "x".repeat(8193) },
  clearToken: { right: undefined, wrong: null },
  forgetStored: { right: undefined, wrong: "everything" },
  openExternal: { right: "https://example.org/", wrong: ["https://example.org/"] },
} satisfies Record<CallName, { right: unknown; wrong: unknown }>;

export const eventExamples = {
  menuCommand: { right: "search", wrong: "quit" },
  profilesChanged: { right: null, wrong: "all" },
} satisfies Record<EventName, { right: unknown; wrong: unknown }>;
