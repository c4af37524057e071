import { type AppRouter, createLinks } from "@guildhall/api/client";
import { createTRPCClient, getUntypedClient, type TRPCLink } from "@trpc/client";
import { createObservable } from "@/lib/observable.ts";
import { onWake } from "@/lib/wake.ts";
import { answerFromDevice, type DeviceAnswers } from "./device-link.ts";

/** `closed` also while the socket is only asleep; the outbox asks the network, not this. */
export type SocketState = "open" | "closed";

export type Connection = ReturnType<typeof connect>;

/** One server, as one person: the calls, the socket, and whether the socket is up. */
export function connect(url: string, token: string | null, onOutdated = () => {}) {
  const socket = createObservable<SocketState>("closed");
  let person: string | undefined;
  const device: DeviceAnswers = { answer: null, onAnswered: null };
  const {
    link: toServer,
    wake,
    close,
  } = createLinks({
    url,
    token: token ?? undefined,
    expectedUser: () => person,
    encoding: "msgpack",
    onOutdated,
    onSocket: (state) => socket.set(state),
  });
  const link: TRPCLink<AppRouter> = (runtime) => {
    const [first, then] = [answerFromDevice(device)(runtime), toServer(runtime)];
    return ({ op, next }) => first({ op, next: (asked) => then({ op: asked, next }) });
  };
  const stopWaking = onWake(wake);
  const client = createTRPCClient<AppRouter>({ links: [link] });
  const onlyServer = createTRPCClient<AppRouter>({ links: [toServer] });
  const untyped = getUntypedClient(client);
  return {
    server: url,
    link,
    socket,
    close() {
      stopWaking();
      return close();
    },
    client,
    /** For who must know what the server says, such as whoever stores it here. */
    onlyServer,
    /** What this device answers where the server doesn't. */
    device,
    /** By its path, whose types stand where it is declared (sync/define-mutation.ts). */
    mutate: (path: string, input: object): Promise<unknown> => untyped.mutation(path, input),
    /** From now on nothing is sent in anybody else's name; null: as whoever is signed in. */
    expectUser(userId: string | null) {
      person = userId ?? undefined;
    },
  };
}
