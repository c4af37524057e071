import {
  House,
  Keyboard,
  LogOut,
  PanelLeft,
  Plus,
  Redo2,
  ServerCog,
  SquarePen,
  Undo2,
} from "lucide-react";
import { use } from "react";
import { useCurrentProject } from "@/entities/projects/use-current-project.ts";
import { serverCommands } from "@/entities/servers/server-entries.tsx";
import { useServers } from "@/entities/servers/use-servers.ts";
import { useIsAdministrator } from "@/entities/session/use-is-administrator.ts";
import { useSignOut } from "@/entities/session/use-sign-out.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useWorkspaceList } from "@/entities/workspaces/use-workspace-list.ts";
import { mayCreateIn } from "@/entities/workspaces/workspace.ts";
import { useDocumentCommands } from "@/features/tree/use-document-commands.tsx";
import { paths } from "@/lib/paths.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import type { Command, Overlay } from "@/ui/dialogs/command.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { isMac } from "@/ui/shortcuts/use-shortcut.ts";
import { setTheme } from "@/ui/theme/theme.ts";
import { themes } from "@/ui/theme/theme-icon.tsx";
import { placeCommands, projectCommands, projectListCommands } from "./place-commands.tsx";

type Frame = { open: (overlay: Overlay) => void; toggleSidebar: () => void };

/** Everything that can be done from anywhere in the workspace. */
export function useCommands(frame: Frame): Command[] {
  const workspace = useWorkspace();
  const { project } = useCurrentProject();
  const { workspaces = [] } = useWorkspaceList();
  const navigate = use(NavigateContext);
  const go = (href: string) => navigate?.(href);
  const general = useGeneralCommands(frame);
  const documents = useDocumentCommands();
  const isAdministrator = useIsAdministrator();
  const servers = useServers();

  const canMakeProjects = mayCreateIn(workspace);
  const canMakeTasks = workspace.projects.some((p) => !p.archivedAt && p.role !== "viewer");
  const create: Command[] = [];
  if (canMakeTasks) {
    create.push({
      id: "new-task",
      label: "New task",
      group: "Create",
      keys: "c",
      icon: <SquarePen size={15} />,
      keywords: ["create", "issue", "add"],
      run: () => frame.open("new-task"),
    });
  }
  if (canMakeProjects) {
    create.push({
      id: "new-project",
      label: "New project",
      group: "Create",
      icon: <Plus size={15} />,
      keywords: ["create", "board", "add"],
      run: () => go(paths.newProject(workspace.id)),
    });
  }
  create.push(...documents.create);
  create.push({
    id: "new-workspace",
    label: "New workspace",
    group: "Create",
    icon: <Plus size={15} />,
    keywords: ["create", "team", "add"],
    run: () => go(paths.newWorkspace()),
  });

  const switches = workspaces
    .filter(({ id }) => id !== workspace.id)
    .map(({ id, name }) => ({
      id: `workspace:${id}`,
      label: `Switch to ${name}`,
      group: "Workspaces",
      icon: <House size={15} />,
      run: () => go(paths.workspace(id)),
    }));

  return [
    ...create,
    ...(project ? projectCommands(workspace.id, project, go) : []),
    ...placeCommands(workspace, go),
    ...(isAdministrator ? [administration(() => go(paths.instance()))] : []),
    ...projectListCommands(workspace, go),
    ...documents.recent,
    ...switches,
    ...serverCommands(servers),
    ...general,
  ];
}

const administration = (run: () => void): Command => ({
  id: "administration",
  label: "Server administration",
  group: "Go to",
  icon: <ServerCog size={15} />,
  keywords: ["admin", "instance", "accounts", "users", "health", "audit", "registration"],
  run,
});

const group = "General";

function useGeneralCommands({ open, toggleSidebar }: Frame): Command[] {
  const { undo } = useSyncClient();
  const signOut = useSignOut();

  function takeBack() {
    const step = undo.undo();
    notify({ title: step ? `Undid: ${step.label}` : "Nothing to undo" });
  }

  function doAgain() {
    const step = undo.redo();
    notify({ title: step ? `Redid: ${step.label}` : "Nothing to redo" });
  }

  return [
    {
      id: "palette",
      label: "Command palette",
      group,
      keys: "mod+k",
      whileTyping: true,
      isKeyOnly: true,
      run: () => open("palette"),
    },
    {
      id: "undo",
      label: "Undo last change",
      group,
      keys: "mod+z",
      icon: <Undo2 size={15} />,
      keywords: ["revert"],
      run: takeBack,
    },
    {
      id: "redo",
      label: "Redo",
      group,
      keys: "mod+shift+z",
      icon: <Redo2 size={15} />,
      keywords: ["repeat", "do again"],
      run: doAgain,
    },
    // As people of Windows and Linux know it; on a Mac ⌘Y is the browser's history.
    ...(isMac
      ? []
      : [{ id: "redo-y", label: "Redo", group, keys: "mod+y", isKeyOnly: true, run: doAgain }]),
    {
      id: "sidebar",
      label: "Toggle sidebar",
      group,
      keys: "[",
      icon: <PanelLeft size={15} />,
      run: toggleSidebar,
    },
    ...themes.map(({ theme, label, icon }) => ({
      id: `theme:${theme}`,
      label: `Theme: ${label}`,
      group,
      icon,
      keywords: ["theme", "dark mode", "colours"],
      run: () => setTheme(theme),
    })),
    {
      id: "shortcuts",
      label: "Keyboard shortcuts",
      group,
      keys: "?",
      icon: <Keyboard size={15} />,
      keywords: ["keys", "help"],
      run: () => open("shortcuts"),
    },
    {
      id: "sign-out",
      label: "Sign out",
      group,
      icon: <LogOut size={15} />,
      // No other words: nobody who looks for a task named "log…" should be signed out by Enter.
      run: () => void signOut(),
    },
  ];
}
