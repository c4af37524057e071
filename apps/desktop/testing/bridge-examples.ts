import type { CallName, EventName } from "../src/shared/bridge.ts";

/** Of each row of the bridge's table one argument that is right, and one that is not. */
export const callExamples = {
  getServerUrl: { right: undefined, wrong: "anything" },
  setServerUrl: { right: "guildhall.example.org", wrong: 8001 },
  getToken: { right: undefined, wrong: {} },
  setToken: { right: "a-token", wrong: "x".repeat(8193) },
  clearToken: { right: undefined, wrong: null },
  openExternal: { right: "https://example.org/", wrong: ["https://example.org/"] },
} satisfies Record<CallName, { right: unknown; wrong: unknown }>;

export const eventExamples = {
  menuCommand: { right: "search", wrong: "quit" },
} satisfies Record<EventName, { right: unknown; wrong: unknown }>;
