import { ArrowLeft } from "lucide-react";
import AuditLog from "@/entities/audit/audit-log.tsx";
import { WithServerFactor } from "@/entities/session/factors/with-server-factor.tsx";
import { paths } from "@/lib/paths.ts";
import { useAddressTab } from "@/lib/use-tab-param.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Link } from "@/ui/controls/link.tsx";
import { Tabs } from "@/ui/controls/tabs.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { NotFoundScreen } from "@/ui/layout/not-found-screen.tsx";
import { ScreenBody } from "@/ui/layout/screen-body.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { AboutTab } from "./about-tab.tsx";
import { AccountsTab } from "./accounts/accounts-tab.tsx";
import { HealthTab } from "./health/health-tab.tsx";
import { SettingsTab } from "./settings/settings-tab.tsx";
import { SignInTab } from "./sign-in/sign-in-tab.tsx";
import { WorkspacesTab } from "./workspaces/workspaces-tab.tsx";

/** The server as a whole, for those who administer it; to everybody else there is no such page. */
export default function InstanceScreen() {
  return (
    <WithServerFactor>
      <Administration />
    </WithServerFactor>
  );
}

function Administration() {
  const { data, error, refetch } = trpc.instance.access.useQuery();
  if (data && !data.isAdministrator) return <NotFoundScreen />;
  return (
    <main className="@container/main flex h-full flex-col overflow-hidden bg-surface">
      <ScreenHeader
        isForm
        title="Server administration"
        commands={
          <Link
            href={paths.home()}
            className="flex h-7 items-center gap-1.5 rounded-control px-2 text-13 text-muted hover:bg-hover hover:text-ink"
          >
            <ArrowLeft size={14} aria-hidden="true" />
            Back to workspace
          </Link>
        }
      />
      <ScreenBody width="page">
        {error && !data && (
          <ErrorNotice title="Couldn't open the administration" onRetry={() => refetch()}>
            {formatError(error)}
          </ErrorNotice>
        )}
        {data && <InstanceTabs />}
      </ScreenBody>
    </main>
  );
}

function InstanceTabs() {
  const [tab, setTab] = useAddressTab([
    "accounts",
    "workspaces",
    "settings",
    "sign-in",
    "health",
    "audit",
    "about",
  ]);
  return (
    <Tabs
      label="Server administration"
      value={tab}
      onValueChange={setTab}
      tabs={[
        { value: "accounts", label: "Accounts", panel: <AccountsTab /> },
        { value: "workspaces", label: "Workspaces", panel: <WorkspacesTab /> },
        { value: "settings", label: "Settings", panel: <SettingsTab /> },
        { value: "sign-in", label: "Sign-in", panel: <SignInTab /> },
        { value: "health", label: "Health", panel: <HealthTab /> },
        { value: "audit", label: "Audit log", panel: <AuditLog workspaceId={null} /> },
        { value: "about", label: "About", panel: <AboutTab /> },
      ]}
    />
  );
}
