import { UserPlus } from "lucide-react";
import { useState } from "react";
import { usePutGroup } from "@/entities/groups/use-put-group.ts";
import { openMembers } from "@/entities/people/people.ts";
import { useEmails } from "@/entities/people/use-emails.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Group } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { Avatar } from "@/ui/people/avatar.tsx";

/** Several are chosen, then added at once: each of them may get rights by it. */
export function AddToGroup({ group }: { group: Group }) {
  const { members } = useWorkspace();
  const emails = useEmails();
  const put = usePutGroup();
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const add = trpc.groups.addMembers.useMutation({
    onSuccess: (row, { userIds }) => {
      put(row.id, row);
      setWanted([]);
      notify({ title: `Added ${formatCount(userIds.length, "person", "people")} to ${row.name}` });
    },
    onError: reportFailure("Couldn't add people"),
  });
  const inside = new Set(group.members.map(({ userId }) => userId));
  const others = openMembers(members).filter(({ userId }) => !inside.has(userId));
  // Somebody else may have added them meanwhile.
  const chosen = wanted.filter((id) => others.some(({ userId }) => userId === id));
  if (others.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Combobox
        multiple
        label="People"
        value={chosen}
        options={others.map(({ userId, name }) => ({
          id: userId,
          label: name,
          keywords: emails.get(userId),
          icon: <Avatar person={{ id: userId, name }} size={20} decorative />,
        }))}
        onValueChange={setWanted}
        trigger={
          <Button icon={<UserPlus size={14} />}>
            {chosen.length === 0 ? `Add people to ${group.name}` : `${chosen.length} selected`}
          </Button>
        }
      />
      {chosen.length > 0 && (
        <Button
          variant="primary"
          busy={add.isPending}
          onClick={() => add.mutate({ id: group.id, userIds: [...chosen] })}
        >
          Add {formatCount(chosen.length, "person", "people")}
        </Button>
      )}
    </div>
  );
}
