import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { platform } from "@/platform/platform.ts";
import { notify } from "@/ui/toast.ts";
import { type Connection, connect } from "./connection.ts";
import { keys } from "./keys.ts";
import { forgetShell, restoreShell } from "./persist.ts";
import { createQueryClient, isRefusal } from "./query-client.ts";
import { openRoom, type Room } from "./room.ts";
import { type Session, SessionContext } from "./session-context.ts";
import type { Me } from "./shapes.ts";
import { trpc } from "./trpc.ts";
import { RoomContext } from "./use-room.ts";

/** Who is here: a person, nobody, or not known yet because the server has not answered. */
type State =
  | { kind: "starting" }
  | { kind: "no-server" }
  | { kind: "signed-out" }
  | { kind: "signed-in"; room: Room }
  | { kind: "unreachable"; retry: () => void };

type Props = {
  /** Shown while nobody is known here. */
  signedOut: ReactNode;
  starting: ReactNode;
  noServer: (onChosen: () => void) => ReactNode;
  unreachable: (retry: () => void) => ReactNode;
  children: ReactNode;
};

/** Finds out who is here and holds all that belongs to them. */
export function SessionProvider({ signedOut, starting, noServer, unreachable, children }: Props) {
  const [cache, setCache] = useState(createQueryClient);
  const [connection, setConnection] = useState<Connection | null>(null);
  const [state, setState] = useState<State>({ kind: "starting" });

  const start = useCallback(async () => {
    setState({ kind: "starting" });
    const url = await platform.getServerUrl();
    if (!url) return setState({ kind: "no-server" });
    const opened = connect(url, (await platform.tokens?.get()) ?? null);
    const fresh = createQueryClient();
    restoreShell(fresh);
    setCache(fresh);
    setConnection(opened);
    await enter(opened, fresh);

    async function enter(link: Connection, queries: QueryClient) {
      let room: Room | null = null;
      let refused = false;
      const onSignedOut = () => {
        refused = true;
        room?.close({ forget: false });
        setState({ kind: "signed-out" });
      };
      const known = queries.getQueryData<Me>(keys.me());
      const asked = queries
        .fetchQuery({
          queryKey: keys.me(),
          queryFn: () => link.client.auth.me.query(),
          staleTime: 0,
        })
        .catch((error: unknown) => {
          if (isRefusal(error)) onSignedOut();
          else if (!known) setState({ kind: "unreachable", retry: () => enter(link, queries) });
          return null;
        });
      // Who was here last time may go on at once, also without a connection.
      const me = known ?? (await asked);
      if (!me) return;
      const onRefused = refusedEdit;
      room = await openRoom({ connection: link, cache: queries, me, onRefused, onSignedOut });
      if (refused) await room.close({ forget: false });
      else setState({ kind: "signed-in", room });
    }
  }, []);

  const started = useRef(false);
  useEffect(() => {
    // Strict mode runs effects twice; two sockets would be open.
    if (started.current) return;
    started.current = true;
    start();
  }, [start]);

  const trpcClient = useMemo(
    () => connection && trpc.createClient({ links: [connection.link] }),
    [connection],
  );
  const session = useMemo((): Session => {
    const end = async (how: { forget: boolean }) => {
      if (state.kind === "signed-in") await state.room.close(how);
      await connection?.close();
    };
    return {
      async signedIn(answer) {
        if (platform.tokens) await platform.tokens.set(answer.token);
        await end({ forget: false });
        // What was shown before the first paint may have been somebody else's.
        await forgetShell();
        await start();
      },
      async signOut() {
        await connection?.client.auth.logout.mutate().catch((error: unknown) => {
          // Offline, the session stays open on the server; what is kept here goes all the same.
          if (!isRefusal(error))
            notify({ title: "Signed out on this computer only", tone: "failed" });
        });
        await platform.tokens?.clear();
        await end({ forget: true });
        await start();
      },
      restart: start,
    };
  }, [state, connection, start]);

  if (state.kind === "no-server") return noServer(start);
  if (!trpcClient || state.kind === "starting") return starting;
  if (state.kind === "unreachable") return unreachable(state.retry);
  return (
    <SessionContext value={session}>
      <trpc.Provider client={trpcClient} queryClient={cache}>
        <QueryClientProvider client={cache}>
          {state.kind === "signed-in" ? (
            <RoomContext value={state.room}>{children}</RoomContext>
          ) : (
            signedOut
          )}
        </QueryClientProvider>
      </trpc.Provider>
    </SessionContext>
  );
}

function refusedEdit(entry: { label: string; refusal?: { message: string } }) {
  notify({
    title: `${entry.label}: not saved`,
    description: `${entry.refusal?.message ?? ""} It is kept here: open the save indicator to try again or discard it.`,
    tone: "failed",
  });
}
