import type { RouterOutputs } from "@guildhall/api/client";
import { openMembers } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Member } from "@/entities/workspaces/workspace.ts";
import { formatList } from "@/lib/locale.ts";
import { Select } from "@/ui/controls/select.tsx";

type Found = RouterOutputs["members"]["belongings"];

const NAMED = 3;
export const NOBODY = "nobody";

/** What only the one who leaves and the owners can see, and who gets it. */
export function Belongings(props: {
  found: Found;
  member: Member;
  isMe: boolean;
  handTo: string;
  onHandTo: (userId: string) => void;
}) {
  const { found, member, isMe, handTo, onHandTo } = props;
  const { members } = useWorkspace();
  const names = [
    ...found.projects.map(({ name }) => name),
    ...found.documents.map(({ title }) => title || "Untitled"),
  ];
  if (names.length === 0) return null;
  const rest = names.length - NAMED;
  const listed = names.slice(0, NAMED).map((name) => `“${name}”`);
  const others = openMembers(members).filter(({ userId }) => userId !== member.userId);
  return (
    <div className="mt-3 grid gap-2">
      <p>
        Only {isMe ? "you" : "they"} and the workspace's owners can see{" "}
        {formatList(rest > 0 ? [...listed, `${rest} more`] : listed)}. Without a new owner only the
        workspace's owners will.
      </p>
      <Select
        label="Hand private projects and documents to"
        value={handTo}
        onValueChange={onHandTo}
        options={[
          { value: NOBODY, label: "Leave to the workspace's owners" },
          ...others.map(({ userId, name }) => ({ value: userId, label: `Hand to ${name}` })),
        ]}
      />
    </div>
  );
}
