import { recordAudit } from "../audit/record-audit.ts";
import type { MutationContext } from "../core/context.ts";
import { requireAdministrator } from "../core/rights/administrators.ts";

/** Sends a mail to whoever asks; what the mail server says of it is the answer, and no error. */
export async function tryMail(ctx: MutationContext) {
  const { config, db } = ctx.services;
  await requireAdministrator(db, ctx.actor.user.id);
  const answer = await config
    .sendMail({
      to: ctx.actor.user.email,
      subject: "A test mail from Guildhall",
      text: `This server can send mail.\n\n${config.publicUrl}`,
    })
    .then(
      () => (config.sendsMail ? "sent" : "logged"),
      (error: unknown) => (error instanceof Error ? error.message.slice(0, 300) : "failed"),
    );
  await recordAudit(db, ctx, { action: "instance.mailTried", after: { answer } });
  return { to: ctx.actor.user.email, answer, isSent: answer === "sent" };
}
