import { lazy, Suspense } from "react";
import { useDeletedProjects } from "@/entities/projects/use-deleted-projects.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useAddressTab } from "@/lib/use-tab-param.ts";
import { platform } from "@/platform/platform.ts";
import { Tabs } from "@/ui/controls/tabs.tsx";
import { ScreenBody } from "@/ui/layout/screen-body.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { AccountTab } from "./account-tab.tsx";
import { AppearanceTab } from "./appearance-tab.tsx";
import { SessionsTab } from "./sessions-tab.tsx";
import { TokensTab } from "./tokens-tab.tsx";

const SecurityTab = lazy(() => import("./security-tab.tsx"));
const WorkspaceTab = lazy(() => import("./workspace-tab.tsx"));
const DeletedProjects = lazy(() =>
  import("./deleted-projects.tsx").then((own) => ({ default: own.DeletedProjects })),
);
const DesktopTab = lazy(() => import("./desktop/desktop-tab.tsx"));
const NotificationsTab = lazy(() => import("./notifications-tab.tsx"));

const OfflineTab = lazy(() => import("@/entities/offline/settings/offline-tab.tsx"));
const About = lazy(() => import("@/entities/about/about.tsx"));
const AuditLog = lazy(() => import("@/entities/audit/audit-log.tsx"));

const workspace = (
  <Suspense fallback={null}>
    <WorkspaceTab />
  </Suspense>
);

const desktopTab = {
  value: "desktop" as const,
  label: "Desktop app",
  panel: (
    <Suspense fallback={null}>
      <DesktopTab />
    </Suspense>
  ),
};

export function SettingsScreen() {
  const { id: workspaceId, role } = useWorkspace();
  const isOwner = role === "owner";
  // An owner of a project who is none of the workspace restores it here.
  const hasDeleted = useDeletedProjects(workspaceId).length > 0;
  const [tab, setTab] = useAddressTab([
    "account",
    "security",
    ...(isOwner ? (["workspace", "audit"] as const) : []),
    ...(!isOwner && hasDeleted ? (["deleted"] as const) : []),
    "notifications",
    "appearance",
    ...(platform.desktop ? (["desktop"] as const) : []),
    "offline",
    "sessions",
    "api",
    "about",
  ]);
  return (
    <>
      <ScreenHeader isForm title="Settings" />
      <ScreenBody width="page">
        <Tabs
          label="Settings"
          value={tab}
          onValueChange={setTab}
          tabs={[
            { value: "account", label: "Account", panel: <AccountTab /> },
            {
              value: "security",
              label: "Security",
              panel: (
                <Suspense fallback={null}>
                  <SecurityTab />
                </Suspense>
              ),
            },
            {
              value: "notifications",
              label: "Notifications",
              panel: (
                <Suspense fallback={null}>
                  <NotificationsTab />
                </Suspense>
              ),
            },
            { value: "appearance", label: "Appearance", panel: <AppearanceTab /> },
            {
              value: "offline",
              label: "Offline",
              panel: (
                <Suspense fallback={null}>
                  <OfflineTab />
                </Suspense>
              ),
            },
            ...(platform.desktop ? [desktopTab] : []),
            { value: "sessions", label: "Sessions", panel: <SessionsTab /> },
            { value: "api", label: "API", panel: <TokensTab /> },
            ...(isOwner
              ? [
                  { value: "workspace" as const, label: "Workspace", panel: workspace },
                  {
                    value: "audit" as const,
                    label: "Audit log",
                    panel: (
                      <Suspense fallback={null}>
                        <AuditLog workspaceId={workspaceId} />
                      </Suspense>
                    ),
                  },
                ]
              : []),
            ...(!isOwner && hasDeleted
              ? [
                  {
                    value: "deleted" as const,
                    label: "Deleted projects",
                    panel: (
                      <Suspense fallback={null}>
                        <DeletedProjects />
                      </Suspense>
                    ),
                  },
                ]
              : []),
            {
              value: "about",
              label: "About",
              panel: (
                <Suspense fallback={null}>
                  <About />
                </Suspense>
              ),
            },
          ]}
        />
      </ScreenBody>
    </>
  );
}
