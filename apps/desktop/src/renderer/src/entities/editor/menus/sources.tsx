/** What can be named in a text, as the menus of `@`, `#` and `[[` ask for it. */
import { EVERYONE, mentionOfGroup } from "@guildhall/document-model";
import { FileText, Folder, Users } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { treeKey } from "@/entities/documents/sync/document.ts";
import { asAssignee, groupsAmong } from "@/entities/groups/assignees.ts";
import { formatMembers } from "@/entities/groups/format-group.ts";
import { useGroups } from "@/entities/groups/use-groups.ts";
import { asPerson, openMembers } from "@/entities/people/people.ts";
import { useEmails } from "@/entities/people/use-emails.ts";
import { FoundIcon } from "@/entities/search/found-icon.tsx";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { Avatar, type Person } from "@/ui/people/avatar.tsx";
import type { Suggested } from "./suggestion-list.tsx";

export type Named = Suggested & {
  /** What is put into the text. */
  node: { type: string; attrs: Record<string, string> };
};

export type Sources = {
  people: (query: string) => Named[];
  documents: (query: string) => Named[];
  /** Asks the server, which knows every project. */
  tasks: (query: string, signal: AbortSignal) => Promise<Named[]>;
};

const SHOWN = 8;

const everyone: Named = {
  id: EVERYONE,
  label: EVERYONE,
  detail: "All who can see this",
  group: "People",
  icon: <Users size={15} />,
  node: { type: "mention", attrs: { userId: EVERYONE, label: EVERYONE } },
};

export type Naming = {
  /** A document does not name itself. */
  exceptDocumentId?: string | undefined;
  /** Who may see what is written; undefined: the whole workspace. */
  people?: readonly Person[] | undefined;
  /** A description or a comment: tasks are named by their key alone, and all can be called at once. */
  isText?: boolean;
};

/** Stable: the editor is made once, and asks for what is there at that moment. */
export function useSources({ exceptDocumentId, people: some, isText = false }: Naming): Sources {
  const { cache, connection } = useSyncClient();
  const { id: workspaceId, members } = useWorkspace();
  const nameable = some ?? openMembers(members).map(asPerson);
  const groups = useGroups();
  const emails = useEmails();

  const people = useEffectEvent((query: string) => {
    const found = nameable
      .filter(({ id, name }) => fits(query, `${name} ${emails.get(id) ?? ""}`))
      .slice(0, SHOWN)
      .map(
        (person): Named => ({
          id: `user-${person.id}`,
          label: person.name,
          group: "People",
          icon: <Avatar person={person} size={20} decorative />,
          node: { type: "mention", attrs: { userId: person.id, label: person.name } },
        }),
      );
    const those = groupsAmong(groups, nameable)
      .filter(({ name, handle }) => fits(query, `${name} ${handle}`))
      .slice(0, SHOWN)
      .map(
        (group): Named => ({
          id: `group-${group.id}`,
          label: group.name,
          detail: formatMembers(group),
          group: "Groups",
          icon: <Avatar person={asAssignee(group)} size={20} decorative />,
          node: {
            type: "mention",
            attrs: { userId: mentionOfGroup(group.id), label: group.name },
          },
        }),
      );
    return [...found, ...(isText && fits(query, EVERYONE) ? [everyone] : []), ...those];
  });

  const documents = useEffectEvent((query: string) => {
    const tree = cache.getQueryData(treeKey(workspaceId));
    return [...(tree?.documents.values() ?? [])]
      .filter(({ id, title, archivedAt }) => {
        return id !== exceptDocumentId && !archivedAt && title && fits(query, title);
      })
      .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
      .slice(0, SHOWN)
      .map(
        ({ id, title, icon, kind }): Named => ({
          id: `document-${id}`,
          label: title,
          group: "Documents",
          icon: icon ?? (kind === "folder" ? <Folder size={15} /> : <FileText size={15} />),
          node: { type: "documentChip", attrs: { documentId: id, label: title } },
        }),
      );
  });

  const tasks = useEffectEvent(async (query: string, signal: AbortSignal) => {
    const asked = query.trim().slice(0, 200);
    if (!asked) return [];
    const found = await connection.client.search.find
      .query({ workspaceId, text: asked, kinds: ["task"], limit: SHOWN }, { signal })
      .catch(() => ({ items: [] }));
    return found.items.flatMap((each): Named[] => {
      const { task, title } = each;
      if (!task) return [];
      const label = title.text;
      const node = {
        type: "taskChip",
        attrs: { taskId: task.id, label: isText ? task.key : `${task.key} ${label}` },
      };
      const icon = <FoundIcon found={each} />;
      return [{ id: `task-${task.id}`, label, detail: task.key, group: "Tasks", icon, node }];
    });
  });

  const [sources] = useState<Sources>(() => ({
    people: () => [],
    documents: () => [],
    tasks: async () => [],
  }));
  useEffect(() => {
    sources.people = (query) => people(query);
    sources.documents = (query) => documents(query);
    sources.tasks = (query, signal) => tasks(query, signal);
  }, [sources]);
  return sources;
}

/** Each word typed begins a word of it. */
function fits(query: string, text: string): boolean {
  const words = text.toLowerCase().split(/[\s@._-]+/);
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((typed) => words.some((word) => word.startsWith(typed)));
}
