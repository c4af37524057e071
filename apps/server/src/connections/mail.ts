import type { Log } from "../telemetry/logger.ts";

export type Mail = { to: string; subject: string; text: string };

type Options = { smtpUrl: string | undefined; from: string; log: Log };

/**
 * Sends through SMTP_URL. Without it the mail is logged with its text: who runs Guildhall alone
 * finds the link there, and who runs it for others sets SMTP_URL.
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
  return async (mail) => {
    await (await transport).sendMail({ from, ...mail });
    log.info({ to: mail.to }, `Mail sent: ${mail.subject}`);
  };
}

/** Loaded by those alone who have a mail server. */
async function openTransport(smtpUrl: string) {
  const { createTransport } = await import("nodemailer");
  return createTransport(smtpUrl, { connectionTimeout: 10_000, socketTimeout: 20_000 } as object);
}
