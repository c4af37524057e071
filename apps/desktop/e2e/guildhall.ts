/** A real Guildhall for a test: the built server on an empty database, and people who use it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient, type GuildhallClient } from "@guildhall/api/client";
import { createTestDatabase } from "@guildhall/db/testing";
import { startProgram } from "@guildhall/testing/program";
import { signUp } from "@guildhall/testing/sign-up";
import type { TestSmtp } from "@guildhall/testing/smtp";

const PASSWORD = "correct horse battery";

export type Person = {
  id: string;
  name: string;
  email: string;
  password: string;
  /** Of a session, for what goes over plain HTTP. */
  token: string;
  /** The same person as a script: what a test needs to be there before the page is opened. */
  api: GuildhallClient;
};

export type Guildhall = {
  url: string;
  /** A new one, with an address that nobody else has. */
  person(name: string): Promise<Person>;
  /** The first who came: they administer the server. */
  administrator(): Person;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** What it has printed since its last start: also the mails, as it has nothing to send them with. */
  output(): string;
  /** Again on the same port and data, as after a crash. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** `smtp`: it sends its mails there, and people sign up by them; else it prints them. */
export async function startGuildhall(
  settings: Record<string, string> = {},
  { smtp }: { smtp?: TestSmtp } = {},
): Promise<Guildhall> {
  const data = mkdtempSync(path.join(tmpdir(), "guildhall-e2e-"));
  const database = await createTestDatabase();
  const base = { GUILDHALL_DATA: data, DATABASE_URL: database.url, LOG_LEVEL: "warn" };
  const all = { ...base, ...(smtp && { SMTP_URL: smtp.url }), ...settings };
  const launch = (port: string) => startProgram({ ...all, PORT: port }, "apps/server/dist/main.js");
  let program = launch(settings.PORT ?? "0");
  const url = await program.ready();
  const clients: GuildhallClient[] = [];
  let people = 0;
  let administrator: Person | undefined;

  const kill = async (signal: NodeJS.Signals) => {
    program.child.kill(signal);
    await program.exited;
  };
  return {
    url,
    kill,
    output: () => program.output(),
    async person(name) {
      const email = `${name.toLowerCase()}.${++people}@example.com`;
      const { user, token } = await signUp(url, { name, email, password: PASSWORD }, smtp);
      const api = createClient({ url, token });
      clients.push(api);
      const person = { id: user.id, name, email, password: PASSWORD, token, api };
      administrator ??= person;
      return person;
    },
    administrator() {
      if (!administrator) throw new Error("Nobody has an account yet.");
      return administrator;
    },
    async restart() {
      program = launch(new URL(url).port);
      await program.ready();
    },
    async stop() {
      await Promise.all(clients.map((client) => client.close()));
      await kill("SIGTERM");
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
