import { type AppRouter, createLinks } from "@guildhall/api/client";
import { createTRPCClient } from "@trpc/client";
import { createObservable } from "@/lib/observable.ts";

/** `closed` also while the socket is only asleep; the outbox asks the network, not this. */
export type SocketState = "open" | "closed";

export type Connection = ReturnType<typeof connect>;

/** One server, as one person: the calls, the socket, and whether the socket is up. */
export function connect(url: string, token: string | null, onOutdated = () => {}) {
  const socket = createObservable<SocketState>("closed");
  let person: string | undefined;
  const { link, close } = createLinks({
    url,
    token: token ?? undefined,
    expectedUser: () => person,
    encoding: "msgpack",
    onOutdated,
    onSocket: (state) => socket.set(state),
  });
  return {
    server: url,
    link,
    socket,
    close,
    client: createTRPCClient<AppRouter>({ links: [link] }),
    /** From now on nothing is sent in anybody else's name; null: as whoever is signed in. */
    expectUser(userId: string | null) {
      person = userId ?? undefined;
    },
  };
}
