import {
  CircleUserRound,
  Columns3,
  Download,
  FileText,
  FileUp,
  FolderUp,
  History,
  Inbox,
  List,
  Search,
  Settings,
  SlidersHorizontal,
  Trash2,
  Users,
  UsersRound,
} from "lucide-react";
import { startDocumentExport } from "@/entities/documents/export/export-request.ts";
import { openDocumentImport } from "@/entities/documents/export/import-place.ts";
import { projectColor } from "@/entities/projects/project-color.ts";
import type { Project, Workspace } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import type { Command } from "@/ui/dialogs/command.ts";
import { LabelDot } from "@/ui/icons/label-dot.tsx";

type Go = (href: string) => void;

const group = "Go to";

/** The places every workspace has. */
export function placeCommands({ id, name, role }: Workspace, go: Go): Command[] {
  const root = { workspaceId: id, projectId: null, parentId: null, name };
  const imports: Command[] = [
    {
      id: "import-documents",
      label: "Import documents…",
      group: "Create",
      icon: <FolderUp size={15} />,
      keywords: ["markdown", "obsidian", "word", "docx", "html", "zip", "folder", "upload"],
      run: () => openDocumentImport(root),
    },
  ];
  const groups: Command = {
    id: "groups",
    label: "Groups",
    group,
    icon: <Users size={15} />,
    keywords: ["people", "teams", "members", "roles"],
    run: () => go(paths.groups(id)),
  };
  return [
    ...(role === "viewer" ? [] : imports),
    {
      id: "export-documents",
      label: "Export all documents",
      group: "General",
      icon: <Download size={15} />,
      keywords: ["markdown", "zip", "save", "download", "backup"],
      run: () => startDocumentExport({ workspaceId: id, name, as: "zip" }),
    },
    {
      id: "inbox",
      label: "Inbox",
      group,
      keys: "g i",
      icon: <Inbox size={15} />,
      keywords: ["notifications", "mentions", "unread"],
      run: () => go(paths.inbox(id)),
    },
    {
      id: "my-work",
      label: "My work",
      group,
      keys: "g m",
      icon: <CircleUserRound size={15} />,
      keywords: ["assigned to me"],
      run: () => go(paths.myWork(id)),
    },
    {
      id: "activity",
      label: "Activity",
      group,
      keys: "g a",
      icon: <History size={15} />,
      keywords: ["history", "feed", "what happened", "changes"],
      run: () => go(paths.activity(id)),
    },
    {
      id: "search",
      label: "Search",
      group,
      keys: "/",
      icon: <Search size={15} />,
      keywords: ["find"],
      run: () => go(paths.search(id)),
    },
    {
      id: "documents",
      label: "Documents",
      group,
      keys: "g d",
      icon: <FileText size={15} />,
      keywords: ["knowledge base", "wiki", "pages", "notes"],
      run: () => go(paths.documents(id)),
    },
    {
      id: "bin",
      label: "Bin",
      group,
      icon: <Trash2 size={15} />,
      keywords: ["trash", "deleted", "restore"],
      run: () => go(paths.trash(id)),
    },
    {
      id: "members",
      label: "Members",
      group,
      icon: <UsersRound size={15} />,
      keywords: ["people", "invite", "roles", "team"],
      run: () => go(paths.members(id)),
    },
    ...(role === "guest" ? [] : [groups]),
    {
      id: "settings",
      label: "Settings",
      group,
      keys: "mod+,",
      icon: <Settings size={15} />,
      keywords: ["profile", "password", "sessions", "devices", "access tokens", "api", "account"],
      run: () => go(paths.settings(id)),
    },
  ];
}

/** What can be opened of the project one is in, or was in last. */
export function projectCommands(
  workspaceId: string,
  { key, name, role }: Project,
  go: Go,
): Command[] {
  const commands: Command[] = [
    {
      id: "board",
      label: `${name} board`,
      group,
      keys: "g b",
      icon: <Columns3 size={15} />,
      run: () => go(paths.project(workspaceId, key, "board")),
    },
    {
      id: "list",
      label: `${name} list`,
      group,
      keys: "g l",
      icon: <List size={15} />,
      run: () => go(paths.project(workspaceId, key, "list")),
    },
    {
      id: "project-activity",
      label: `${name} activity`,
      group,
      icon: <History size={15} />,
      keywords: ["history", "feed", "what happened", "changes"],
      run: () => go(paths.projectActivity(workspaceId, key)),
    },
    {
      id: "project-settings",
      label: `${name} settings`,
      group,
      icon: <SlidersHorizontal size={15} />,
      keywords: ["statuses", "labels", "access", "archive"],
      run: () => go(paths.projectSettings(workspaceId, key)),
    },
  ];
  if (role === "viewer") return commands;
  return [
    ...commands,
    {
      id: "board-then",
      label: `${name} board as of…`,
      group,
      icon: <History size={15} />,
      keywords: ["time travel", "history", "past", "earlier"],
      run: () => go(paths.boardThen(workspaceId, key)),
    },
    {
      id: "import",
      label: `Import into ${name}`,
      group,
      icon: <FileUp size={15} />,
      keywords: ["github", "jira", "trello", "csv", "upload"],
      run: () => go(paths.import(workspaceId, key)),
    },
  ];
}

/** Every project by its name. */
export const projectListCommands = (workspace: Workspace, go: Go): Command[] =>
  workspace.projects
    .filter(({ archivedAt }) => !archivedAt)
    .map(({ id, key, name }) => ({
      id: `project:${id}`,
      label: name,
      group: "Projects",
      icon: <LabelDot color={projectColor(id)} size={10} />,
      keywords: [key],
      run: () => go(paths.project(workspace.id, key)),
    }));
