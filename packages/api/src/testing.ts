/** For tests: the real api on a real Postgres, called in process as this or that person. */

import { createTestDatabase } from "@guildhall/db/testing";
import { uuidv7 } from "uuidv7";
import type { RouterOutputs } from "./client.ts";
import type { ApiConfig, Context, Mail } from "./core/context.ts";
import { appRouter } from "./router.ts";
import { createServices, type RunningServices } from "./server.ts";

export type Caller = ReturnType<typeof appRouter.createCaller>;

export type TestPerson = { user: RouterOutputs["auth"]["me"]; token: string; call: Caller };

export type TestApi = {
  services: RunningServices;
  mails: Mail[];
  /** Someone who is not signed in. */
  stranger: Caller;
  /** Calls as whoever this token belongs to. */
  as(token: string | null): Caller;
  /** A new person with a session. */
  person(name: string): Promise<TestPerson>;
  stop(): Promise<void>;
};

/** Not a rule of the product: a fixed one, so that tests can sign tokens that outlive a restart. */
const TEST_SECRET = "a secret for tests only, 32 bytes";

export async function startTestApi(config: Partial<ApiConfig> = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const mails: Mail[] = [];
  const services = await createServices({
    databaseUrl: database.url,
    pool: 10,
    config: {
      jwtSecret: TEST_SECRET,
      jwtAlgorithm: "HS256",
      sessionMinutes: 60,
      registration: "open",
      publicUrl: "http://guildhall.test",
      secureCookies: false,
      sendMail: async (mail) => void mails.push(mail),
      log: { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) },
      ...config,
    },
  });
  const as = (token: string | null) => appRouter.createCaller(contextFor(services, token));
  return {
    services,
    mails,
    stranger: as(null),
    as,
    person: async (name) => {
      const email = `${name.toLowerCase()}-${uuidv7()}@example.com`;
      const { user, token } = await as(null).auth.register({
        email,
        name,
        password: "correct horse",
      });
      return { user, token, call: as(token) };
    },
    stop: async () => {
      await services.stop();
      await database.drop();
    },
  };
}

function contextFor(services: RunningServices, token: string | null): Context {
  const credentials = { token, cookie: null };
  return {
    services,
    credentials,
    client: { address: "127.0.0.1", userAgent: "test" },
    setCookie: null,
    findActor: () => services.authenticate(credentials),
  };
}
