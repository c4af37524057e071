/** Sends mail through SMTP; what it is told of, callers decide. */
import type { ApiConfig, Mail } from "../context.ts";

/** The mail server will never take it: nobody has this address, or it does not want this mail. */
export class MailRefused extends Error {
  readonly of: "address" | "mail";

  constructor(of: "address" | "mail", said: string) {
    super(said);
    this.of = of;
  }
}

type Options = { smtpUrl: string | undefined; from: string; log: ApiConfig["log"] };

/**
 * Sends through SMTP_URL. Without it the mail is logged with its text: who runs Guildhall alone
 * finds the link there, and who runs it for others sets SMTP_URL. Rejects with `MailRefused` for
 * good, and with anything else when it may be tried again.
 */
export function createMailer({ smtpUrl, from, log }: Options): (mail: Mail) => Promise<void> {
  if (!smtpUrl) {
    return async (mail) => {
      log.warn(
        { to: mail.to },
        `No SMTP_URL is set, so this email is only shown here: ${mail.subject}\n${mail.text}`,
      );
    };
  }
  const transport = openTransport(smtpUrl);
  return async ({ unsubscribe, ...mail }) => {
    const list = unsubscribe && {
      list: { unsubscribe: { url: unsubscribe } },
      headers: {
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        // No answer of a machine comes back to it.
        "Auto-Submitted": "auto-generated",
      },
    };
    await (await transport).sendMail({ from, ...mail, ...list }).catch((error: unknown) => {
      throw refusalIn(error) ?? error;
    });
    log.info({ to: mail.to }, `Mail sent: ${mail.subject}`);
  };
}

/** Loaded by those alone who have a mail server. */
async function openTransport(smtpUrl: string) {
  const { createTransport } = await import("nodemailer");
  return createTransport(smtpUrl, {
    connectionTimeout: 10_000,
    greetingTimeout: 20_000,
    socketTimeout: 20_000,
  } as object);
}

/** Policy, as of a server that may not relay: that is no fault of the address, and can be mended. */
const POLICY = /\b5\.7\.\d/;

/** As nodemailer says it. */
type SmtpError = { code?: string; command?: string; response?: string; responseCode?: number };

function refusalIn(error: unknown): MailRefused | null {
  if (!(error instanceof Error)) return null;
  const { code, command, response = "", responseCode = 0 } = error as Error & SmtpError;
  if (responseCode < 500) return null;
  if (code === "EMESSAGE") return new MailRefused("mail", response);
  if (code !== "EENVELOPE" || command !== "RCPT TO" || POLICY.test(response)) return null;
  return new MailRefused("address", response);
}
