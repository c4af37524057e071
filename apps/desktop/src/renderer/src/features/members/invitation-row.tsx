import type { RouterOutputs } from "@guildhall/api/client";
import { Ellipsis, Link2, Mail } from "lucide-react";
import { roleNames } from "@/entities/people/format-role.ts";
import { Button } from "@/ui/controls/button.tsx";
import { copyText } from "@/ui/controls/copy-text.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

export type Invitation = RouterOutputs["invitations"]["list"][number];

type Props = {
  invitation: Invitation;
  isRevoking: boolean;
  onRevoke: () => void;
  onRemind: () => void;
};

const states: Partial<Record<Invitation["state"], string>> = {
  used: "Used up",
  expired: "Expired",
  stopped: "Inactive",
};

const copyEntry = (link: string): MenuEntry => ({
  label: "Copy link",
  onSelect: () => void copyText(link).then(() => notify({ title: "Invitation link copied" })),
});

/** The server has another secret since, and can't derive the link again. */
const lostEntry: MenuEntry = {
  label: "This link can't be copied again: make a new one",
  disabled: true,
  onSelect: () => {},
};

export function InvitationRow({ invitation, isRevoking, onRevoke, onRemind }: Props) {
  const { email, name, label, state, link, people } = invitation;
  const isLink = !email && !name;
  const title = email ?? name ?? label ?? "Invitation link";
  const entries: MenuEntry[] = isLink ? [] : [{ label: "Send again", onSelect: onRemind }];
  if (state === "open") entries.unshift(link ? copyEntry(link) : lostEntry);
  return (
    <li className="flex min-h-12 items-center gap-3 px-3 py-2">
      <span className="grid size-8 shrink-0 place-items-center rounded-full bg-active text-muted">
        {isLink ? <Link2 size={15} aria-hidden="true" /> : <Mail size={15} aria-hidden="true" />}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{title}</span>
          {states[state] && <Badge tone="warning">{states[state]}</Badge>}
        </p>
        <Facts invitation={invitation} />
        {people.length > 0 && (
          <p className="text-12 text-muted">Joined: {people.map((each) => each.name).join(", ")}</p>
        )}
      </div>
      <Button
        variant="ghost"
        busy={isRevoking}
        onClick={onRevoke}
        aria-label={`Revoke the invitation for ${title}`}
      >
        Revoke
      </Button>
      {entries.length > 0 && (
        <Menu
          align="end"
          trigger={<IconButton label={`Options for ${title}`} icon={<Ellipsis size={16} />} />}
          entries={entries}
        />
      )}
    </li>
  );
}

/** As what, until when, how often, and whose. */
function Facts({ invitation }: { invitation: Invitation }) {
  const { role, into, expiresAt, maxUses, uses, domain, makerName } = invitation;
  return (
    <p className="text-12 text-muted">
      {roleNames[role]}
      {into && `, ${roleNames[into.role].toLowerCase()} in ${into.name ?? `a ${into.kind}`}`}
      {expiresAt && (
        <>
          , until <RelativeTime at={expiresAt} />
        </>
      )}
      {maxUses ? `, ${uses} of ${maxUses} used` : uses > 0 ? `, used ${uses} times` : ""}
      {domain && `, only @${domain}`}
      {makerName && `, by ${makerName}`}
    </p>
  );
}
