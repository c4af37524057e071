import { Plus, UsersRound } from "lucide-react";
import { useState } from "react";
import { useGroups } from "@/entities/groups/use-groups.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { Button } from "@/ui/controls/button.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import { GroupRow } from "./group-row.tsx";

const lead =
  "Mention a group with @, assign tasks to it, and give it a role here, in projects and in documents. Everyone in it gets that.";

/** The groups of the workspace: owners make and change them, everybody sees who is in them. */
export default function GroupsTab() {
  const { role } = useWorkspace();
  const groups = useGroups();
  const [isCreating, setCreating] = useState(false);
  /** Opened by itself: who has just made a group adds people to it. */
  const [made, setMade] = useState<string | null>(null);
  const mayChange = role === "owner";
  const create = mayChange && (
    <Button icon={<Plus size={14} />} onClick={() => setCreating(true)}>
      New group
    </Button>
  );
  return (
    <>
      {groups.length === 0 ? (
        <EmptyState icon={<UsersRound size={20} />} title="No groups yet" command={create}>
          {mayChange ? lead : "Owners of the workspace create groups of people here."}
        </EmptyState>
      ) : (
        <Section
          title={formatCount(groups.length, "group")}
          lead={mayChange ? lead : "Only workspace owners can change groups."}
          command={create}
        >
          <Rows label="Groups">
            {groups.map((group) => (
              <GroupRow
                key={group.id}
                group={group}
                mayChange={mayChange}
                isNew={group.id === made}
              />
            ))}
          </Rows>
        </Section>
      )}
      <GroupDialog
        open={isCreating}
        onOpenChange={setCreating}
        group={null}
        onSaved={({ id }) => setMade(id)}
      />
    </>
  );
}
