/**
 * What is under `/files/`: files themselves, and exports, which are made while they are sent; the end of
 * mails; and sign-in through providers.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "./core/context.ts";
import { answerExport, EXPORTS } from "./document-exports/over-http.ts";
import { AUDIT_EXPORTS, answerAuditExport } from "./exports/audit-over-http.ts";
import { answerFile as answerOneFile } from "./files/over-http.ts";

export { answerUnsubscribe, UNSUBSCRIBE } from "./notifications/mail/unsubscribe.ts";
export { answerProvider, PROVIDERS, type ProviderCall } from "./oidc/over-http.ts";

export function answerFile(ctx: Context, req: IncomingMessage, res: ServerResponse) {
  if (req.url?.startsWith(AUDIT_EXPORTS)) return answerAuditExport(ctx, req, res);
  if (req.url?.startsWith(EXPORTS)) return answerExport(ctx, req, res);
  return answerOneFile(ctx, req, res);
}
