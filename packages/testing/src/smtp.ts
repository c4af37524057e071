/** For tests: a real mail server on a free port, that takes mails, refuses them, hangs or hangs up. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export type SmtpMode =
  | "takes"
  /** 421 to whoever connects: come back later. */
  | "busy"
  /** 450 of an address. */
  | "greylists"
  /** 550 of an address: nobody has it. */
  | "unknown_address"
  /** 550 5.7.1 of an address: it does not send for strangers. */
  | "no_relay"
  /** 554 of a whole mail. */
  | "spam"
  /** Takes the mail, and hangs up before it says so. */
  | "cut_after_data";

export type TakenMail = ParsedMail & {
  /** When its first byte came, as of `Date.now()`. */
  begunAt: number;
  /** Whoever gave it over was not told that it was taken. */
  isCut: boolean;
};

export type TestSmtp = {
  url: string;
  /** What was taken, in order; also what nobody was told of. */
  mails: TakenMail[];
  /** Those for this address. */
  to(address: string): TakenMail[];
  /** How many have connected. */
  connections(): number;
  /** When the next one has. */
  connected(): Promise<void>;
  mode: SmtpMode;
  /** How long it thinks about each mail, in ms. */
  slowMs: number;
  stop(): Promise<void>;
};

const refusal = (responseCode: number, said: string) =>
  Object.assign(new Error(said), { responseCode });

export async function startTestSmtp(): Promise<TestSmtp> {
  const mails: TakenMail[] = [];
  let next = Promise.withResolvers<void>();
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onConnect(_, answer) {
      connections++;
      next.resolve();
      next = Promise.withResolvers();
      answer(smtp.mode === "busy" ? refusal(421, "4.3.2 Try again later") : null);
    },
    onRcptTo({ address }, _, answer) {
      if (smtp.mode === "greylists") return answer(refusal(450, "4.2.0 Come back later"));
      if (smtp.mode === "unknown_address") {
        return answer(refusal(550, `5.1.1 <${address}> No such user here`));
      }
      answer(smtp.mode === "no_relay" ? refusal(550, "5.7.1 Relaying denied") : null);
    },
    onData(stream, session, answer) {
      const take = async () => {
        const begunAt = Date.now();
        const mail = await simpleParser(stream);
        if (smtp.mode === "spam") return answer(refusal(554, "5.6.0 Not wanted"));
        if (smtp.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, smtp.slowMs));
        const isCut = smtp.mode === "cut_after_data";
        mails.push({ ...mail, begunAt, isCut });
        if (isCut) return hangUp(session.id);
        answer();
      };
      take().catch(answer);
    },
  });
  // Who is gone in the middle of a mail is no fault of the test.
  server.on("error", () => {});
  const hangUp = (id: string) => {
    for (const each of server.connections as Set<{ id: string; _socket: { destroy(): void } }>) {
      if (each.id === id) each._socket.destroy();
    }
  };
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    to: (address) => mails.filter((mail) => toOf(mail) === address),
    connections: () => connections,
    connected: () => next.promise,
    mode: "takes",
    slowMs: 0,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return smtp;
}

/** Whom a mail is to. */
export const toOf = ({ to }: ParsedMail): string =>
  (Array.isArray(to) ? to : to ? [to] : []).map(({ text }) => text).join(", ");
