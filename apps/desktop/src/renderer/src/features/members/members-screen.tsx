import { workspaceRoles } from "@guildhall/api/client";
import { lazy, Suspense } from "react";
import { useGroups } from "@/entities/groups/use-groups.ts";
import { useMayInvite } from "@/entities/invitations/use-may-invite.ts";
import { roleMeanings, roleNames } from "@/entities/people/format-role.ts";
import { openMembers } from "@/entities/people/people.ts";
import { useEmails } from "@/entities/people/use-emails.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Member, WorkspaceRole } from "@/entities/workspaces/workspace.ts";
import { useAddressTab } from "@/lib/use-tab-param.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Tabs } from "@/ui/controls/tabs.tsx";
import { ScreenBody } from "@/ui/layout/screen-body.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { InviteForm } from "./invite-form.tsx";
import { InviteMore } from "./invite-more.tsx";
import { givenTo, MemberRow } from "./member-row.tsx";
import { OpenInvitations } from "./open-invitations.tsx";

const others = "Only workspace owners can invite people and change roles.";
const leads: Record<WorkspaceRole, string | undefined> = {
  owner: undefined,
  editor: others,
  viewer: others,
  guest: "Those who are named in what is shared with you.",
};
const leadOfGuests =
  "They see only the projects and documents they were added to. Add them in a project's settings under Access, or when you share a document.";

const leadOfClosed =
  "They closed their account. Their work stays, and nobody signs in as them. Remove them to show “Former member” beside it.";

const countOf = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;

const leadOfInviters = "Only workspace owners can change roles.";

const GroupsTab = lazy(() => import("./groups/groups-tab.tsx"));

/** Who is in the workspace, and its groups of people: guests see neither groups nor tabs. */
export function MembersScreen() {
  const { role } = useWorkspace();
  const groups = useGroups();
  const [tab, setTab] = useAddressTab(["people", "groups"]);
  const isGuest = role === "guest";
  return (
    <>
      <ScreenHeader isForm title={isGuest ? "People" : "Members"} />
      <ScreenBody width="page">
        {isGuest ? (
          <PeopleTab />
        ) : (
          <Tabs
            label="Members"
            value={tab}
            onValueChange={setTab}
            tabs={[
              { value: "people", label: "People", panel: <PeopleTab /> },
              {
                value: "groups",
                label: "Groups",
                count: groups.length,
                panel: (
                  <Suspense fallback={null}>
                    <GroupsTab />
                  </Suspense>
                ),
              },
            ]}
          />
        )}
      </ScreenBody>
    </>
  );
}

function PeopleTab() {
  const workspace = useWorkspace();
  const me = useMe();
  const emails = useEmails();
  const isOwner = workspace.role === "owner";
  const mayInvite = useMayInvite();
  const open = openMembers(workspace.members);
  const closed = workspace.members.filter(({ isClosed }) => isClosed);
  const owners = open.filter((m) => givenTo(m) === "owner").length;
  const [guests, members] = [true, false].map((isGuest) =>
    open.filter(({ role }) => (role === "guest") === isGuest),
  ) as [Member[], Member[]];
  const toRow = (member: Member) => (
    <MemberRow
      key={member.userId}
      member={member}
      email={emails.get(member.userId)}
      isMe={member.userId === me.id}
      mayChange={isOwner}
      isLastOwner={givenTo(member) === "owner" && owners === 1 && !member.isClosed}
    />
  );
  return (
    <>
      {mayInvite && (
        <Section title="Invite people" lead="Everyone you invite gets a link to join.">
          <div className="grid gap-3">
            <InviteForm />
            <InviteMore />
          </div>
        </Section>
      )}
      {mayInvite && <OpenInvitations />}
      <Section
        title={countOf(members.length, "member")}
        lead={mayInvite && !isOwner ? leadOfInviters : leads[workspace.role]}
      >
        {members.length > 0 ? (
          <Rows label="Members">{members.map(toRow)}</Rows>
        ) : (
          <p className="text-13 text-muted">
            Nobody yet. People appear here once something is shared with you.
          </p>
        )}
      </Section>
      {guests.length > 0 && (
        <Section title={countOf(guests.length, "guest")} lead={isOwner ? leadOfGuests : undefined}>
          <Rows label="Guests">{guests.map(toRow)}</Rows>
        </Section>
      )}
      {closed.length > 0 && (
        <Section title="Closed accounts" lead={leadOfClosed}>
          <Rows label="Closed accounts">{closed.map(toRow)}</Rows>
        </Section>
      )}
      {workspace.role !== "guest" && <Roles />}
    </>
  );
}

/** What each can do; to guests they say nothing. */
function Roles() {
  return (
    <Section title="Roles">
      <dl className="grid grid-cols-[4rem_1fr] gap-y-1 text-12 text-muted">
        {workspaceRoles.map((role) => (
          <div key={role} className="contents">
            <dt className="font-medium">{roleNames[role]}</dt>
            <dd>{roleMeanings[role]}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
