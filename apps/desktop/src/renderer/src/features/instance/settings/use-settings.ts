import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { notify } from "@/ui/overlays/toast.ts";
import type { SettingsPatch } from "./setting-rows.ts";

/** The settings that hold for the server, and changing them. */
export function useSettings() {
  const cache = trpc.useUtils();
  const query = trpc.instance.settings.useQuery(undefined, { staleTime: 0 });
  const { mutate } = trpc.instance.setSettings.useMutation({
    onSuccess(settings) {
      cache.instance.settings.setData(undefined, (old) => old && { ...old, settings });
      notify({ title: "Setting saved" });
    },
    onError: reportFailure("Couldn't save the setting"),
  });
  return { query, save: (patch: SettingsPatch) => mutate({ patch }) };
}
