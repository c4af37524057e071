/** What a server needs of the api: the router, its services and a context for each caller. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { announceCommits, connect } from "@guildhall/db";
import { FailedSignIns } from "./audit/failed-sign-ins.ts";
import { AUDITED } from "./audit/follow-audit.ts";
import { createAuthenticate } from "./auth/authenticate.ts";
import { closedAccountJobs } from "./auth/closing/jobs.ts";
import { createLimits } from "./auth/limits.ts";
import { goneCredentials, renewSessions } from "./auth/live-credentials.ts";
import { Sessions } from "./auth/sessions.ts";
import { WorkspaceFeed } from "./changes/workspace-feed.ts";
import { type Bus, createLocalBus } from "./core/bus/bus.ts";
import type { RedisBus, RedisSettings } from "./core/bus/redis-bus.ts";
import type { Actor, ApiConfig, Context, Services } from "./core/context.ts";
import { EXPECTED_USER_HEADER, EXPECTED_USER_PARAM } from "./core/expected-user.ts";
import type { FileStore } from "./core/file-store.ts";
import { createJobs } from "./core/jobs.ts";
import { keepFactorRule } from "./core/rights/second-factor.ts";
import { SettingsCache } from "./core/settings/settings-cache.ts";
import { Signals } from "./core/signals.ts";
import type { SocketSink } from "./core/socket.ts";
import { type Telemetry, unwatched } from "./core/telemetry.ts";
import { WriteQueue } from "./core/write-queue.ts";
import { startVersionWorker } from "./document-versions/version-worker.ts";
import { DOCUMENTS, documentJobs } from "./documents/background/jobs.ts";
import { PostProcessing } from "./documents/background/post-process-document.ts";
import { countUnreadTexts } from "./documents/background/unread-texts.ts";
import { WriteDebounce } from "./documents/background/write-debounce.ts";
import { DocumentLog } from "./documents/log/document-log.ts";
import { erasureJobs } from "./erasure/jobs.ts";
import { FILES, fileJobs } from "./files/background/jobs.ts";
import type { S3Settings } from "./files/store/s3-store.ts";
import { sweepFiles } from "./files/sweep-files.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { unfinishedImports } from "./imports/queries.ts";
import { IMPORTS, importJobs } from "./imports/queue.ts";
import { CredentialWatch } from "./live/credential-watch.ts";
import { FIRST_PROTOCOL_VERSION } from "./live/protocol.ts";
import { mailJobs } from "./notifications/mail/send-mails.ts";
import { notify } from "./notifications/notify.ts";
import { createPushDebounce, PUSHES, pushJobs } from "./notifications/push/send-pushes.ts";
import { reminderJobs } from "./notifications/remind.ts";
import { sittingJobs } from "./notifications/tell-sittings.ts";
import { Providers } from "./oidc/connections.ts";
import { createPresence } from "./presence/workspace-presence.ts";
import type { MeilisearchAddress } from "./search/meilisearch.ts";
import { openSearch } from "./search/open-search.ts";

export type { Role, WorkspaceRole } from "./core/access.ts";
export type { RedisBus } from "./core/bus/redis-bus.ts";
export type { ApiConfig, Context, IdentityProvider, Mail, Services } from "./core/context.ts";
export { statusOf } from "./core/errors.ts";
export type { FileStore } from "./core/file-store.ts";
export { createMailer } from "./core/outgoing/mailer.ts";
export { sendStream } from "./core/outgoing/send-stream.ts";
export { placeOf } from "./core/place-of.ts";
export { codes, type RefusalReason } from "./core/reasons.ts";
export {
  currentRequest,
  inRequest,
  newRequest,
  type RequestScope,
  requestIdOf,
} from "./core/request-scope.ts";
export { instanceSettings } from "./core/settings/settings.ts";
export type { RequestId, SocketSink } from "./core/socket.ts";
export type { Call, Outcome, Telemetry } from "./core/telemetry.ts";
export { reasonOf } from "./core/trpc.ts";
export { publishDesktop } from "./desktop/publish.ts";
export { postProcessDocument } from "./documents/background/post-process-document.ts";
export { readLog } from "./documents/log/read-log.ts";
export { refusalOf } from "./files/over-http.ts";
export { createFolderStore } from "./files/store/folder-store.ts";
export type { S3Settings } from "./files/store/s3-store.ts";
export type { AwarenessEvent, DocumentEvent, DocumentPerson } from "./live/protocol.ts";
export { PROTOCOL_VERSION } from "./live/protocol.ts";
export { createSocketEncoder, NOTHING } from "./live/socket-encoder.ts";
export {
  answerFile,
  answerProvider,
  answerUnsubscribe,
  DESKTOP,
  PROVIDERS,
  type ProviderCall,
  UNSUBSCRIBE,
} from "./over-http.ts";
export { type AppRouter, appRouter } from "./router.ts";
export type { MeilisearchAddress } from "./search/meilisearch.ts";
export { reindex } from "./search/reindex.ts";

/** Its client is loaded by those alone who have a Redis. */
export const createRedisBus = async (settings: RedisSettings): Promise<RedisBus> =>
  (await import("./core/bus/redis-bus.ts")).createRedisBus(settings);

/** Its client is loaded by those alone who have an S3. */
export const createS3Store = async (settings: S3Settings): Promise<FileStore> =>
  (await import("./files/store/s3-store.ts")).createS3Store(settings);

export type Readiness = { reads: boolean; writes: boolean };

export type RunningServices = Services & {
  feed: WorkspaceFeed;
  /** Whether the database answers, and has room for what is written. */
  ready(): Promise<Readiness>;
  /** For the operator: how busy the pool is, and how many imports wait or run, of all workers. */
  load: {
    connections: number;
    database(): number;
    imports(): Promise<number>;
    /** Documents' texts that the search does not know: not yet, or because they cannot be read. */
    unreadTexts(): Promise<{ waiting: number; unreadable: number }>;
  };
  stop(): Promise<void>;
};

export async function createServices(options: {
  databaseUrl: string;
  /** Connections at most. */
  pool: number;
  /** Connections that are open before anything is asked. */
  warm?: number;
  config: ApiConfig;
  /** How workers hear of each other; one process needs none. Stopped with the services. */
  bus?: Bus;
  telemetry?: Telemetry;
  /** Searches instead of Postgres. */
  meilisearch?: MeilisearchAddress | undefined;
  files: FileStore;
}): Promise<RunningServices> {
  const { config, bus = createLocalBus(), telemetry = unwatched } = options;
  const { db, warm, underWay, reachable, hasRoom, close } = connect(options.databaseUrl, {
    pool: options.pool,
    aroundTransaction: telemetry.transaction,
  });
  announceCommits(db, (workspaceId) => bus.publish(AUDITED, workspaceId));
  await warm(options.warm ?? 0);
  await keepFactorRule(db, {
    isRequired: config.fixedSettings?.secondFactorRequired ?? null,
    providers: (config.providers ?? []).flatMap(({ id, secondFactor }) => (secondFactor ? id : [])),
  });
  const settings = new SettingsCache(db, bus, config.fixedSettings ?? {});
  const sessions = new Sessions(db, {
    settings,
    secureCookies: config.secureCookies,
  });
  const onError = (error: unknown) =>
    config.log.error({ err: error }, "What is live could not be read; it is tried again.");
  const signals = new Signals(bus);
  const credentials = new CredentialWatch(
    {
      gone: (ids) => goneCredentials(db, ids),
      renew: async (ids) => {
        const { sessionMinutes: minutes } = await settings.read();
        await renewSessions(db, ids, { minutes });
      },
    },
    onError,
  );
  // Before anybody else hears of it, and asks.
  signals.onUser(() => credentials.invalidate());
  const feed = new WorkspaceFeed({ db, bus, signals, credentials, onError });
  const writeDebounce = new WriteDebounce((documentId) => void jobs.enqueue(DOCUMENTS, documentId));
  const documentLog = new DocumentLog({
    db,
    bus,
    feed,
    signals,
    credentials,
    onWritten: (documentId) => writeDebounce.note(documentId),
    onError,
  });
  const search = openSearch({
    databaseUrl: options.databaseUrl,
    db,
    log: config.log,
    meilisearch: options.meilisearch,
  });
  const services = {
    db,
    config,
    bus,
    feed,
    presence: createPresence(feed),
    documentLog,
    signals,
    telemetry,
    files: options.files,
    sessions,
    settings,
    writeQueue: new WriteQueue(),
    failedSignIns: new FailedSignIns(db, config.log),
    authenticate: createAuthenticate(db, config, sessions),
    limits: createLimits(bus, settings),
    enqueueImport: (importId) => jobs.enqueue(IMPORTS, importId),
    enqueueFile: (objectId) => jobs.enqueue(FILES, objectId),
    lookForUnreadTexts: () => jobs.look(DOCUMENTS),
    retryJob: (queue, id) => jobs.retry(queue, id),
    providers: new Providers(config.providers ?? []),
    search,
    notify,
    wakePushes: () => pushes.wake(),
  } satisfies Services;
  const postProcessing = new PostProcessing();
  const jobs = createJobs({
    databaseUrl: options.databaseUrl,
    kinds: [
      importJobs(services),
      documentJobs(services, postProcessing),
      fileJobs(services),
      reminderJobs(services),
      sittingJobs(services),
      mailJobs(services),
      pushJobs(services),
      erasureJobs(services),
      closedAccountJobs(services),
    ],
    warn: (err, message) => config.log.warn({ err }, message),
  });
  const pushes = createPushDebounce(() => void jobs.look(PUSHES));
  const stopHousekeeping = startHousekeeping(db, {
    changesKeepDays: config.changesKeepDays,
    notificationsKept: config.notificationsKept,
    sweepFiles: () => sweepFiles(services),
    settings,
    onError: (err) =>
      config.log.warn(
        { err },
        "Old sessions, answers, changes, notifications and files could not be cleared away.",
      ),
  });
  const stopVersionWorker = startVersionWorker(db, {
    merge: postProcessing.merge,
    onError: (err) =>
      config.log.warn({ err }, "Versions of documents could not be kept; it is tried again."),
  });
  const stop = async () => {
    await stopVersionWorker();
    await stopHousekeeping();
    await search.stop();
    writeDebounce.stop();
    pushes.stop();
    await jobs.stop();
    await postProcessing.stop();
    await documentLog.stop();
    await feed.stop();
    await credentials.stop();
    await services.failedSignIns.stop();
    await bus.stop();
    await close();
  };
  const load = {
    connections: options.pool,
    database: underWay,
    imports: async () => (await unfinishedImports(db)).length,
    unreadTexts: () => countUnreadTexts(db),
  };
  const ready = async () => {
    const reads = await reachable();
    return { reads, writes: reads && (await hasRoom()) };
  };
  return { ...services, ready, load, stop };
}

export type Caller = {
  req: IncomingMessage;
  /** Carries cookies back; absent on a socket. */
  res?: ServerResponse;
  connectionParams?: Record<string, string | undefined> | null;
  /** The socket it came by. */
  socket?: SocketSink;
  clientAddress: string;
};

const singleHeader = ({ headers }: IncomingMessage, name: string) => {
  const value = headers[name];
  return typeof value === "string" ? value : null;
};

/** Never throws: whoever is nobody is refused by the procedure, with a reason. */
export function createContext(services: Services, caller: Caller): Context {
  const { req, res, connectionParams } = caller;
  const bearer = /^Bearer (.+)$/.exec(req.headers.authorization ?? "")?.[1];
  const credentials = {
    token: bearer ?? connectionParams?.token ?? null,
    cookie: req.headers.cookie ?? null,
    expectedUser:
      connectionParams?.[EXPECTED_USER_PARAM] ?? singleHeader(req, EXPECTED_USER_HEADER),
  };
  const ask = async () => {
    const actor = await services.authenticate(credentials);
    if (actor && res) await renewCookie(services, actor, { res, cookie: credentials.cookie });
    return actor;
  };
  let asked: ReturnType<typeof ask> | undefined;
  return {
    services,
    credentials,
    client: { address: caller.clientAddress, userAgent: req.headers["user-agent"] ?? null },
    socket: caller.socket ?? null,
    protocolVersion: Number(connectionParams?.protocolVersion ?? FIRST_PROTOCOL_VERSION),
    setCookie: res ? (cookie) => res.appendHeader("set-cookie", cookie) : null,
    findActor: res
      ? () => {
          asked ??= ask();
          return asked;
        }
      : ask,
  };
}

type Answer = { res: ServerResponse; cookie: string | null };

/** On whatever a page asks over HTTP: who is at work is not signed out in the middle of it. */
async function renewCookie(services: Services, actor: Actor, { res, cookie }: Answer) {
  const isOld = actor.credential.kind === "session" && actor.credential.isCookieOld;
  if (!isOld || !cookie || res.headersSent) return;
  for (const renewed of await services.sessions.renew(cookie)) {
    res.appendHeader("set-cookie", renewed);
  }
}
