import { atStart } from "./state.ts";

/** Of a test: whether the computer has a network. */
export const network = { isOnline: true };
atStart(() => {
  network.isOnline = true;
});

export const net = {
  get online() {
    return network.isOnline;
  },
  isOnline: () => network.isOnline,
  async fetch(input: string | Request, init?: RequestInit) {
    if (!network.isOnline) throw new Error("net::ERR_INTERNET_DISCONNECTED");
    return fetch(input, init);
  },
};
