import type { CallName, EventName } from "../src/shared/bridge.ts";

const newsExample = {
  ...{ ids: ["n1"], tag: "t1", title: "Ann mentioned you", body: "WHEEL-1 A new wheel" },
  ...{ path: "/w/w1/task/WHEEL-1", key: "WHEEL-1" },
};

/** Of each row of the bridge's table one argument that is right, and one that is not. */
export const callExamples = {
  getServerUrl: { right: undefined, wrong: "anything" },
  getLocalOffer: { right: undefined, wrong: 1 },
  useThisComputer: { right: undefined, wrong: "yes" },
  moveToServer: { right: "one", wrong: null },
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
  getUpdate: { right: undefined, wrong: "latest" },
  checkForUpdate: { right: undefined, wrong: "https://example.org/feed" },
  installUpdate: { right: undefined, wrong: "1.0.0" },
  openExternal: { right: "https://example.org/", wrong: ["https://example.org/"] },
  tellNews: { right: newsExample, wrong: { ...newsExample, path: "https://example.org/" } },
  setUnread: { right: { workspaceId: "w1", count: 3 }, wrong: { workspaceId: "w1", count: -1 } },
  setTheme: { right: "dark", wrong: "sepia" },
  getDesktop: { right: undefined, wrong: true },
  setDesktop: { right: { tray: true, zoom: 110 }, wrong: { zoom: 5 } },
  closeQuickAdd: { right: undefined, wrong: 1 },
  prepareDrag: {
    right: { url: "https://example.org/files/1?signature=x", name: "plan.pdf" },
    wrong: { url: "https://example.org/files/1" },
  },
  startDrag: { right: "file-x", wrong: { file: "/etc/passwd" } },
  answerWaiting: { right: 2, wrong: "2" },
} satisfies Record<CallName, { right: unknown; wrong: unknown }>;

export const eventExamples = {
  menuCommand: { right: "search", wrong: "quit" },
  updateChanged: { right: { kind: "ready", version: "1.0.0" }, wrong: { kind: "ready" } },
  profilesChanged: { right: null, wrong: "all" },
  openPlace: { right: "/w/w1/inbox", wrong: "https://example.org/" },
  askWaiting: { right: true, wrong: 1 },
  wake: { right: "resume", wrong: "shutdown" },
  quickAddShown: { right: true, wrong: false },
} satisfies Record<EventName, { right: unknown; wrong: unknown }>;
