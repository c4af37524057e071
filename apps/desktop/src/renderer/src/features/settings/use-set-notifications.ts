import type { RouterInputs } from "@guildhall/api/client";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";

type Change = Omit<RouterInputs["notifications"]["setSettings"], "workspaceId" | "mutationId">;

export function useSetNotifications(workspaceId: string) {
  const cache = trpc.useUtils();
  const { mutate } = trpc.notifications.setSettings.useMutation({
    onSuccess: (settings) => cache.notifications.settings.setData({ workspaceId }, settings),
    onError: (error) => {
      reportFailure("Couldn't save your settings")(error);
      void cache.notifications.settings.invalidate({ workspaceId });
    },
  });
  return {
    /** Shown at once. */
    set(change: Change) {
      const { settings, projectId = null, quietHours, mailRhythm, digestHour } = change;
      cache.notifications.settings.setData(
        { workspaceId },
        (data) =>
          data && {
            ...data,
            ...(quietHours !== undefined && { quietHours }),
            mail: {
              ...data.mail,
              ...(mailRhythm && { rhythm: mailRhythm }),
              ...(digestHour !== undefined && { digestHour }),
              ...(change.retryMail && { problem: null }),
            },
            settings: [
              ...data.settings.filter(
                (old) =>
                  old.projectId !== projectId ||
                  !settings.some((s) => s.kind === old.kind && s.channel === old.channel),
              ),
              ...settings.flatMap(({ isOn, ...rest }) =>
                isOn === null ? [] : [{ ...rest, isOn, projectId }],
              ),
            ],
          },
      );
      mutate({ workspaceId, ...change });
    },
  };
}
