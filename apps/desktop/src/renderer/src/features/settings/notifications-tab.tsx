import { notificationKinds } from "@guildhall/api/client";
import { useState } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { platform } from "@/platform/platform.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Select } from "@/ui/controls/select.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { KindsTable } from "./kinds-table.tsx";
import { MailSection } from "./mail-section.tsx";
import { QuietHours } from "./quiet-hours.tsx";
import { ThisDevice } from "./this-device.tsx";
import { useSetNotifications } from "./use-set-notifications.ts";

const EVERYWHERE = "";

/** By what one hears of each kind, in the workspace or in one project of it. */
export default function NotificationsTab() {
  const workspace = useWorkspace();
  const { data, error, refetch } = trpc.notifications.settings.useQuery({
    workspaceId: workspace.id,
  });
  const { set } = useSetNotifications(workspace.id);
  const [place, setPlace] = useState(EVERYWHERE);
  if (!data) {
    return error ? (
      <ErrorNotice title="Couldn't load your settings" onRetry={() => refetch()}>
        {formatError(error)}
      </ErrorNotice>
    ) : (
      <Skeleton width="100%" height={320} />
    );
  }
  const projects = workspace.projects.filter(({ archivedAt }) => !archivedAt);
  return (
    <>
      <Section
        title="Notifications"
        lead="What you're notified about, here and on your other devices."
        command={
          <Select
            label="Where"
            value={place}
            onValueChange={setPlace}
            options={[
              { value: EVERYWHERE, label: workspace.name },
              ...projects.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        }
      >
        <KindsTable
          kinds={notificationKinds}
          channels={data.channels}
          settings={data.settings}
          projectId={place || null}
          onChange={(settings) => set({ projectId: place || null, settings })}
        />
      </Section>
      <MailSection mail={data.mail} onChange={(mail) => set({ settings: [], ...mail })} />
      {!platform.desktop && <ThisDevice />}
      <QuietHours
        hours={data.quietHours}
        onChange={(quietHours) => set({ settings: [], quietHours })}
      />
    </>
  );
}
