/** For tests: the real api on a real Postgres, called in process as this or that person. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";
import {
  type ApiConfig,
  appRouter,
  type Context,
  createFolderStore,
  createServices,
  type FileStore,
  type Mail,
  type MeilisearchAddress,
  PROTOCOL_VERSION,
  type RunningServices,
  type SocketSink,
  type WorkspaceRole,
} from "@guildhall/api/server";
import { addMember } from "@guildhall/api/testing/add-member";
import { uploadForImport } from "@guildhall/api/testing/upload-for-import";
import { schema } from "@guildhall/db";
import { createTestDatabase } from "@guildhall/db/testing";
import { hash } from "@node-rs/bcrypt";
import { uuidv7 } from "uuidv7";

export type Caller = ReturnType<typeof appRouter.createCaller>;

export type TestPerson = {
  user: RouterOutputs["auth"]["register"]["user"];
  token: string;
  call: Caller;
  /** Of a file to be imported in this workspace; its id. */
  upload(workspaceId: string, file: File): Promise<string>;
};

export type TestApi = {
  services: RunningServices;
  mails: Mail[];
  /** Someone who is not signed in. */
  stranger: Caller;
  /** Calls as whoever this token belongs to. */
  as(
    token: string | null,
    from?: { address?: string; signal?: AbortSignal; socket?: SocketSink | null },
  ): Caller;
  /** A new person with a session, whose password is PASSWORD. */
  person(name: string): Promise<TestPerson>;
  /** By the link that is mailed to the address, where the server sends mail. */
  register(
    values: Omit<RouterInputs["auth"]["register"], "token">,
  ): Promise<RouterOutputs["auth"]["register"]>;
  /** Of somebody who has no second factor. */
  signIn(
    credentials: { email: string; password: string; device?: string },
    from?: { address?: string },
  ): Promise<{ token: string; user: TestPerson["user"]; device: string }>;
  /** Makes somebody a member, as an accepted invitation does. */
  join(workspaceId: string, userId: string, role: WorkspaceRole): Promise<void>;
  stop(): Promise<void>;
};

/** Not a rule of the product: a fixed one, so that tests can sign tokens that outlive a restart. */
const TEST_SECRET = "a secret for tests only, 32 bytes";

export const PASSWORD = "correct horse";

/** The product's is a quarter second a person; how many rounds it takes changes no rule. */
const PASSWORD_COST = 4;
let hashed: Promise<string> | undefined;
function cheapHash(): Promise<string> {
  hashed ??= hash(PASSWORD, { cost: PASSWORD_COST });
  return hashed;
}

/** With stores of files and of search from outside, where they are given. */
export async function startTestApi(
  config: Partial<ApiConfig> = {},
  outside: { meilisearch?: MeilisearchAddress; files?: FileStore } = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-files-"));
  const mails: Mail[] = [];
  const services = await createServices({
    databaseUrl: database.url,
    pool: 10,
    meilisearch: outside.meilisearch,
    files: outside.files ?? createFolderStore(folder),
    config: {
      jwtSecret: TEST_SECRET,
      jwtAlgorithm: "HS256",
      fixedSettings: { sessionMinutes: 60 },
      passwordCost: PASSWORD_COST,
      changesKeepDays: 90,
      notificationsKept: { days: 365, doneDays: 30 },
      publicUrl: "http://guildhall.test",
      secureCookies: false,
      sendsMail: true,
      mailAfterMinutes: 5,
      sendMail: async (mail) => void mails.push(mail),
      log: { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) },
      ...config,
    },
  });
  const as: TestApi["as"] = (token, { address = "127.0.0.1", signal, socket = null } = {}) =>
    appRouter.createCaller({ ...contextFor(services, token, address), socket }, { signal });
  return {
    services,
    mails,
    stranger: as(null),
    as,
    person: async (name) => {
      const email = `${name.toLowerCase()}-${uuidv7()}@example.com`;
      const user = { id: uuidv7(), email, name };
      await services.db.insert(schema.users).values({ ...user, passwordHash: await cheapHash() });
      const client = { address: "127.0.0.1", userAgent: "test" };
      const { secret } = await services.sessions.open(user.id, client);
      const upload = (workspaceId: string, file: File) =>
        uploadForImport(contextFor(services, secret, client.address), workspaceId, file);
      return { user, token: secret, call: as(secret), upload };
    },
    register: async (values) => {
      const { auth } = as(null);
      if (!(await auth.registration()).isByMail) return auth.register(values);
      const { email, invitation } = values;
      const before = mails.length;
      await auth.requestSignUp({ email, invitation });
      return auth.register({ ...values, token: await tokenMailed(mails, before) });
    },
    signIn: async (credentials, from) => {
      const answer = await as(null, from).auth.login(credentials);
      if (answer.token === null) throw new Error("This account has a second factor.");
      return answer;
    },
    join: (workspaceId, userId, role) => addMember(services, { workspaceId, userId, role }),
    stop: async () => {
      await services.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Out of the link to sign up by, in a mail behind the first `before`. */
async function tokenMailed(mails: readonly Mail[], before: number): Promise<string> {
  for (;;) {
    for (const { text } of mails.slice(before)) {
      const token = /sign-up\?token=([\w-]+)/.exec(text)?.[1];
      if (token) return token;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function contextFor(services: RunningServices, token: string | null, address: string): Context {
  const credentials = { token, cookie: null };
  return {
    services,
    credentials,
    client: { address, userAgent: "test" },
    setCookie: null,
    socket: null,
    protocolVersion: PROTOCOL_VERSION,
    findActor: () => services.authenticate(credentials),
  };
}
