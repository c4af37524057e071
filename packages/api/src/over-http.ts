/**
 * What is under `/desktop/`, the app as people install it; under `/files/`, files themselves, pictures of people
 * and workspaces, and exports, which are made while they are sent; the end of mails; and sign-in through providers.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "./core/context.ts";
import { answerDesktop, DESKTOP } from "./desktop/over-http.ts";
import { answerExport, EXPORTS } from "./document-exports/over-http.ts";
import { AUDIT_EXPORTS, answerAuditExport } from "./exports/audit-over-http.ts";
import { answerOwnExport, OWN_EXPORT } from "./exports/own/over-http.ts";
import { answerWorkspaceExport, WORKSPACE_EXPORTS } from "./exports/workspace/over-http.ts";
import { answerFile as answerOneFile } from "./files/over-http.ts";
import { answerPicture, PICTURES } from "./pictures/over-http.ts";

export { DESKTOP } from "./desktop/over-http.ts";
export { answerUnsubscribe, UNSUBSCRIBE } from "./notifications/mail/unsubscribe.ts";
export { answerProvider, PROVIDERS, type ProviderCall } from "./oidc/over-http.ts";

export function answerFile(ctx: Context, req: IncomingMessage, res: ServerResponse) {
  if (req.url?.startsWith(DESKTOP)) return answerDesktop(ctx, req, res);
  if (req.url?.startsWith(AUDIT_EXPORTS)) return answerAuditExport(ctx, req, res);
  if (req.url?.startsWith(OWN_EXPORT)) return answerOwnExport(ctx, req, res);
  if (req.url?.startsWith(WORKSPACE_EXPORTS)) return answerWorkspaceExport(ctx, req, res);
  if (req.url?.startsWith(EXPORTS)) return answerExport(ctx, req, res);
  if (req.url?.startsWith(PICTURES)) return answerPicture(ctx, req, res);
  return answerOneFile(ctx, req, res);
}
