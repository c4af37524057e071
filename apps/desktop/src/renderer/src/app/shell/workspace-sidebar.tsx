import { useLocation } from "@tanstack/react-router";
import { Keyboard, LogOut, RefreshCw, ServerCog, Settings, SunMoon } from "lucide-react";
import { use } from "react";
import { useUnread } from "@/entities/notifications/sync/use-inbox.ts";
import { useOthersHere } from "@/entities/presence/use-presence.ts";
import { projectColor } from "@/entities/projects/project-color.ts";
import { serverEntries } from "@/entities/servers/server-entries.tsx";
import { useServers } from "@/entities/servers/use-servers.ts";
import { useIsAdministrator } from "@/entities/session/use-is-administrator.ts";
import { useSignOut } from "@/entities/session/use-sign-out.ts";
import { useUpdate } from "@/entities/updates/use-update.ts";
import { useDeletedWorkspaces } from "@/entities/workspaces/use-deleted-workspaces.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useWorkspaceList } from "@/entities/workspaces/use-workspace-list.ts";
import { mayCreateIn } from "@/entities/workspaces/workspace.ts";
import { InvitationsEntry } from "@/features/members/invitations-entry.tsx";
import { TreeSection } from "@/features/tree/tree-section.tsx";
import { paths } from "@/lib/paths.ts";
import { platform } from "@/platform/platform.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import type { Overlay } from "@/ui/dialogs/command.ts";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { setTheme, useTheme } from "@/ui/theme/theme.ts";
import { themes } from "@/ui/theme/theme-icon.tsx";
import { Sidebar } from "./sidebar.tsx";

type Props = { onOpen: (overlay: Overlay) => void; onCollapse: () => void };

export function WorkspaceSidebar({ onOpen, onCollapse }: Props) {
  const workspace = useWorkspace();
  const me = useMe();
  const { workspaces } = useWorkspaceList();
  const { pathname } = useLocation();
  const navigate = use(NavigateContext);
  const online = useOthersHere();
  const accountEntries = useAccountEntries(onOpen);
  const deleted = useDeletedWorkspaces();

  const projects = workspace.projects.filter(({ archivedAt }) => !archivedAt);
  // The feed tells of a new name; what was read at the start does not.
  const name = workspace.members.find(({ userId }) => userId === me.id)?.name ?? me.name;
  return (
    <Sidebar
      workspace={workspace}
      workspaces={workspaces ?? [workspace]}
      onSwitchWorkspace={(id) => navigate?.(paths.workspace(id))}
      onCreateWorkspace={() => navigate?.(paths.newWorkspace())}
      accountEntries={accountEntries}
      onShowDeleted={deleted.length > 0 ? () => onOpen("deleted-workspaces") : undefined}
      me={{ id: me.id, name }}
      path={pathname}
      unread={useUnread().count}
      hrefs={{
        inbox: paths.inbox(workspace.id),
        myWork: paths.myWork(workspace.id),
        activity: paths.activity(workspace.id),
        search: paths.search(workspace.id),
        documents: paths.documents(workspace.id),
        members: paths.members(workspace.id),
        settings: paths.settings(workspace.id),
      }}
      projects={projects.map(({ id, key, name }) => ({
        id,
        key,
        name,
        color: projectColor(id),
        href: paths.project(workspace.id, key),
        within: paths.projectPlaces(workspace.id, key),
      }))}
      isGuest={workspace.role === "guest"}
      invitations={<InvitationsEntry />}
      documents={<TreeSection />}
      online={online}
      onNewTask={
        projects.some(({ role }) => role !== "viewer") ? () => onOpen("new-task") : undefined
      }
      onNewProject={
        mayCreateIn(workspace) ? () => navigate?.(paths.newProject(workspace.id)) : undefined
      }
      onCollapse={onCollapse}
    />
  );
}

function useAccountEntries(onOpen: Props["onOpen"]): MenuEntry[] {
  const { id } = useWorkspace();
  const signOut = useSignOut();
  const navigate = use(NavigateContext);
  const chosen = useTheme();
  const isAdministrator = useIsAdministrator();
  const servers = useServers();
  const update = useUpdate();
  return [
    ...serverEntries(servers),
    {
      label: "Settings",
      icon: <Settings size={14} />,
      keys: "mod+,",
      onSelect: () => navigate?.(paths.settings(id)),
    },
    ...(isAdministrator
      ? [
          {
            label: "Server administration",
            icon: <ServerCog size={14} />,
            onSelect: () => navigate?.(paths.instance()),
          },
        ]
      : []),
    {
      kind: "submenu",
      label: "Theme",
      icon: <SunMoon size={14} />,
      entries: themes.map(({ theme, label, icon }) => ({
        label,
        icon,
        checked: theme === chosen,
        onSelect: () => setTheme(theme),
      })),
    },
    {
      label: "Keyboard shortcuts",
      icon: <Keyboard size={14} />,
      keys: "?",
      onSelect: () => onOpen("shortcuts"),
    },
    ...(update?.kind === "ready"
      ? [
          {
            label: `Restart to update to ${update.version}`,
            icon: <RefreshCw size={14} />,
            onSelect: () => void platform.updates?.install(),
          },
        ]
      : []),
    { kind: "separator" },
    { label: "Sign out", icon: <LogOut size={14} />, onSelect: () => void signOut() },
  ];
}
