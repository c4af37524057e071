import { fetchIn, network } from "./fetch.ts";
import { session } from "./session.ts";

export const net = {
  get online() {
    return network.isOnline;
  },
  isOnline: () => network.isOnline,
  fetch: (input: string, init?: RequestInit) => fetchIn(session.defaultSession, input, init),
};
