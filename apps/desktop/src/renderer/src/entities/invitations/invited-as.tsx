import { roleMeanings, roleNames } from "@/entities/people/format-role.ts";
import type { useInvitation } from "./use-invitation.ts";

type Invited = NonNullable<ReturnType<typeof useInvitation>["invited"]>;

/** Who invites whom, as what, and what that means. */
export function InvitedAs({ invited }: { invited: Invited }) {
  const { email, name, role, domain, invitedBy, into } = invited;
  const who = email ?? name;
  return (
    <>
      {invitedBy ?? "Somebody"} invites{" "}
      {who ? <span className="font-medium text-ink">{who}</span> : "you"} as{" "}
      {roleNames[role].toLowerCase()}: {lowerFirst(roleMeanings[role])}.
      {into && (
        <>
          {" "}
          You get <span className="font-medium text-ink">{into.name || "Untitled"}</span>, as{" "}
          {roleNames[into.role].toLowerCase()}.
        </>
      )}
      {domain && ` You need a confirmed address at ${domain}.`}
    </>
  );
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
