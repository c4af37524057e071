import type { WorkspaceRole } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { GuildhallError, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { loadInviter } from "./invitation-rights.ts";
import { notifyInvited } from "./invitations.ts";
import { findMember, mailInvitation, putInvitation } from "./invite.ts";
import { type Entry, parseAddresses } from "./parse-addresses.ts";

/** At once; of more a person makes a link. */
const MOST = 100;

type Input = { workspaceId: string; role: WorkspaceRole; people: string };
/** `later`: somebody may send so many in a while, and this one is past it. */
type Outcome = "invited" | "member" | "invalid" | "duplicate" | "later";
type Answered = { text: string; email: string | null; id: string | null; outcome: Outcome };
type Sorted = Entry & { outcome: "duplicate" | "invalid" | "later" | null };

/** What needs no look at the database: what is no address, what was named before, what is past the bound. */
async function sort(ctx: MutationContext, entries: Entry[]): Promise<Sorted[]> {
  const seen = new Set<string>();
  const sorted: Sorted[] = [];
  let isSpent = false;
  for (const entry of entries) {
    const { email } = entry;
    let outcome: Sorted["outcome"] = null;
    if (!email) outcome = "invalid";
    else if (seen.has(email)) outcome = "duplicate";
    else if (isSpent || !(await takes(ctx))) outcome = "later";
    if (email) seen.add(email);
    isSpent ||= outcome === "later";
    sorted.push({ ...entry, outcome });
  }
  return sorted;
}

const takes = ({ services, actor }: MutationContext) =>
  services.limits.invitations.take(actor.user.id).then(
    () => true,
    (error) => {
      if (error instanceof GuildhallError && error.reason === "too_many_tries") return false;
      throw error;
    },
  );

/** One mail for each address of a pasted list, and an answer for each entry, whoever has an account. */
export async function inviteMany(ctx: MutationContext, input: Input) {
  const { workspaceId, role } = input;
  const { user } = ctx.actor;
  const entries = parseAddresses(input.people);
  if (entries.length > MOST) {
    throw refused(
      "too_many",
      `Nobody was invited: these are ${entries.length} addresses, and you can invite ${MOST} at a time. For more, create an invitation link.`,
    );
  }
  await loadInviter(ctx.services.db, user.id, workspaceId, role);
  const sorted = await sort(ctx, entries);
  const toMail: Parameters<typeof mailInvitation>[1][] = [];
  const concerned: Parameters<typeof notifyInvited>[1][number][] = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    const { name: workspaceName } = await loadInviter(tx, user.id, workspaceId, role);
    const answered: Answered[] = [];
    for (const { text, email, name, outcome } of sorted) {
      if (!email || outcome) {
        answered.push({ text, email, id: null, outcome: outcome ?? "invalid" });
      } else if (await findMember(tx, workspaceId, { email })) {
        answered.push({ text, email, id: null, outcome: "member" });
      } else {
        const invited = { workspaceId, role, email, to: email };
        const { made } = await putInvitation(tx, record, ctx, invited);
        concerned.push(made);
        toMail.push({ id: made.id, workspaceName, to: email, name });
        answered.push({ text, email, id: made.id, outcome: "invited" });
      }
    }
    return { workspaceId, entries: answered };
  });
  notifyInvited(ctx.services, concerned);
  for (const mailed of toMail) mailInvitation(ctx, mailed);
  return { ...answer, isMailed: ctx.services.config.sendsMail };
}
