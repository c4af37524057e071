import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { platform } from "@/platform/platform.ts";
import { errorReason } from "@/sync/format-error.ts";
import { queryKey } from "@/sync/procedures.ts";
import { createQueryClient } from "@/sync/query-client.ts";
import type { WaitingEntry } from "@/sync/queues.ts";
import { type Connection, connect } from "@/sync/server/connection.ts";
import { isRefusal, type Refusal } from "@/sync/server/refusal.ts";
import { rememberDevice } from "@/sync/storage/known-device.ts";
import { forgetShell, restoreShell } from "@/sync/storage/persist.ts";
import { openSyncClient, type Registry, type SyncClient } from "@/sync/sync-client.ts";
import { trpc } from "@/sync/trpc.ts";
import { SyncClientContext } from "@/sync/use-sync-client.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { type Session, SessionContext } from "./session-context.ts";
import { tellOutdated } from "./tell-outdated.ts";

/** Who is here: a person, nobody, or not known yet because the server has not answered. */
type State =
  | { kind: "starting" }
  | { kind: "no-server" }
  | { kind: "signed-out" }
  | { kind: "gone"; why: WhyGone; unsent: Unsent }
  | { kind: "signed-in"; sync: SyncClient }
  | { kind: "unreachable"; retry: () => void };

/** An administrator did it, or the person themselves. */
export type WhyGone = "deactivated" | "closed";

/** What a person whose account opens no more has on this device and the server doesn't. */
export type Unsent = {
  /** Null where nobody was known here. */
  userId: string | null;
  waiting: readonly WaitingEntry[];
};
const nothingUnsent: Unsent = { userId: null, waiting: [] };
const unsentOf = (sync: SyncClient | null): Unsent =>
  sync ? { userId: sync.me.id, waiting: sync.unsent() } : nothingUnsent;

type Open = { connection: Connection; sync: SyncClient | null };

type Props = {
  registry: Registry;
  /** Shown while nobody is known here. */
  signedOut: ReactNode;
  /** Shown to who has an account that opens no more, until they go on to signing in. */
  gone: (why: WhyGone, unsent: Unsent, onLeave: () => void) => ReactNode;
  starting: ReactNode;
  noServer: (onChosen: () => void) => ReactNode;
  unreachable: (retry: () => void) => ReactNode;
  children: ReactNode;
};

/** A cookie is renewed by answers over HTTP only, and a page that one just looks at asks for none. */
const STAY_SIGNED_IN_MS = 60 * 60_000;

/** Finds out who is here and holds all that belongs to them. */
export function SessionProvider(props: Props) {
  const { registry, signedOut, gone, starting, noServer, unreachable, children } = props;
  const [cache, setCache] = useState(createQueryClient);
  const [connection, setConnection] = useState<Connection | null>(null);
  const [state, setState] = useState<State>({ kind: "starting" });
  /** What is open now. It ends before anything else is opened, so that nobody's edits go out twice. */
  const open = useRef<Open | null>(null);

  const end = useCallback(async (how: { forget: boolean }) => {
    const ending = open.current;
    open.current = null;
    await ending?.sync?.close(how);
    await ending?.connection.close();
  }, []);

  const start = useCallback(async () => {
    setState({ kind: "starting" });
    await end({ forget: false });
    const url = await platform.getServerUrl();
    if (!url) return setState({ kind: "no-server" });
    const here: Open = {
      connection: connect(url, (await platform.tokens?.get()) ?? null, tellOutdated),
      sync: null,
    };
    open.current = here;
    const fresh = createQueryClient();
    restoreShell(fresh, url);
    setCache(fresh);
    setConnection(here.connection);
    await enter();

    async function enter() {
      let isStranger = false;
      let unsent = nothingUnsent;
      const onSignedOut = async (how = { forget: false }) => {
        const isKnown = isStranger;
        isStranger = true;
        if (isKnown || open.current !== here) return;
        const { sync } = here;
        unsent = unsentOf(sync);
        void sync?.close(how);
        here.sync = null;
        if (how.forget) return setState({ kind: "signed-out" });
        // Several parts hear it, each in its own way: why it was is asked once, here.
        setState({ kind: "starting" });
        const why = await whyGone(here.connection);
        // As after signing out: their own will, and nothing of it stays here but what wasn't sent.
        if (why === "closed") void sync?.close({ forget: true });
        if (open.current !== here) return;
        setState(why ? { kind: "gone", why, unsent } : { kind: "signed-out" });
      };
      const known = fresh.getQueryData(queryKey("auth.me"));
      const asked = askWho(here.connection, fresh).catch((error: unknown) => {
        if (isRefusal(error)) onSignedOut();
        else if (!known) setState({ kind: "unreachable", retry: () => enter() });
        return null;
      });
      // Who was here last time may go on at once, also without a connection.
      const me = known ?? (await asked);
      if (!me) return;
      const { connection } = here;
      const on = { onRefused: refusedEdit, onSignedOut };
      const sync = await openSyncClient({ connection, cache: fresh, registry, me, ...on });
      // Meanwhile the server may have said no, or the person may have gone on to another server.
      if (isStranger || open.current !== here) {
        unsent = unsentOf(sync);
        setState((now) => (now.kind === "gone" ? { ...now, unsent } : now));
        return sync.close({ forget: false });
      }
      here.sync = sync;
      setState({ kind: "signed-in", sync });
    }
  }, [end, registry]);

  const started = useRef(false);
  useEffect(() => {
    // Strict mode runs effects twice; two sockets would be open.
    if (started.current) return;
    started.current = true;
    start();
  }, [start]);

  const isSignedIn = state.kind === "signed-in";
  useEffect(() => {
    if (!isSignedIn || !connection) return;
    // Without a connection it is asked again in an hour, and by whatever is done before that.
    const ask = () => void connection.client.auth.me.query().catch(() => undefined);
    const timer = setInterval(ask, STAY_SIGNED_IN_MS);
    return () => clearInterval(timer);
  }, [isSignedIn, connection]);

  const trpcClient = useMemo(
    () => connection && trpc.createClient({ links: [connection.link] }),
    [connection],
  );
  const session = useMemo(
    (): Session => ({
      async signedIn(answer) {
        await platform.tokens?.set(answer.token);
        rememberDevice(answer.device);
        await end({ forget: false });
        // What was shown before the first paint may have been somebody else's.
        await forgetShell();
        await start();
      },
      async signOut() {
        const sync = open.current?.sync;
        // First of all: they must not send what is refused then, nor go on without a connection.
        sync?.signOutElsewhere();
        const answer = await connection?.client.auth.logout.mutate().catch((error: unknown) => {
          // Offline, the session stays open on the server; what is kept here goes all the same.
          if (!isRefusal(error))
            notify({ title: "Signed out on this computer only", tone: "failed" });
        });
        await platform.tokens?.clear();
        await end({ forget: false });
        // Not by the end above: the feed may have said that the session is over, and closed it.
        await sync?.close({ forget: true });
        const elsewhere = platform.kind === "web" && answer?.goTo;
        if (!elsewhere) return start();
        // Who came by an identity provider is signed out there as well, and sent back to our page.
        setState({ kind: "starting" });
        window.location.assign(elsewhere);
        await new Promise(() => {});
      },
      restart: start,
    }),
    [connection, start, end],
  );

  if (state.kind === "no-server") return noServer(start);
  if (!trpcClient || state.kind === "starting") return starting;
  if (state.kind === "gone") {
    return gone(state.why, state.unsent, () => setState({ kind: "signed-out" }));
  }
  if (state.kind === "unreachable") return unreachable(state.retry);
  return (
    <SessionContext value={session}>
      <trpc.Provider client={trpcClient} queryClient={cache}>
        <QueryClientProvider client={cache}>
          {state.kind === "signed-in" ? (
            <SyncClientContext value={state.sync}>{children}</SyncClientContext>
          ) : (
            signedOut
          )}
        </QueryClientProvider>
      </trpc.Provider>
    </SessionContext>
  );
}

const askWho = (link: Connection, queries: QueryClient) =>
  queries.fetchQuery({
    queryKey: queryKey("auth.me"),
    queryFn: () => link.client.auth.me.query(),
    staleTime: 0,
  });

/** What has no answer is no reason to say so. */
const whyGone = ({ client }: Connection): Promise<WhyGone | null> =>
  client.auth.me.query().then(
    () => null,
    (error: unknown) => {
      const reason = errorReason(error);
      if (reason === "account_closed") return "closed";
      return reason === "account_deactivated" ? "deactivated" : null;
    },
  );

function refusedEdit(entry: { label: string; refusal?: Refusal }) {
  // A text beside somebody else's is decided in its task; that sentence says so itself.
  const isDecidedThere = entry.refusal?.reason === "description_changed";
  const how = "It's kept on this computer: open the save indicator to try again or discard it.";
  notify({
    title: `${entry.label}: not saved`,
    description: `${entry.refusal?.message ?? ""} ${isDecidedThere ? "" : how}`.trim(),
    tone: "failed",
  });
}
