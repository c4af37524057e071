import type { ReactNode } from "react";
import { formatError } from "@/sync/format-error.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import type { Settings, SettingsPatch } from "./setting-rows.ts";
import { useSettings } from "./use-settings.ts";

export type FieldsProps = {
  settings: Settings;
  /** The variables of the environment by the settings that they set. */
  fixed: Record<string, string>;
  save: (patch: SettingsPatch) => void;
};

/** Around the fields of some settings: until they are there, and when they are not. */
export function SettingsFrame({ children }: { children: (fields: FieldsProps) => ReactNode }) {
  const { query, save } = useSettings();
  const { data, error, refetch } = query;
  if (data) return children({ settings: data.settings, fixed: data.fixed, save });
  if (!error) return <Skeleton width="100%" height={224} />;
  return (
    <ErrorNotice title="Couldn't load the settings" onRetry={() => refetch()}>
      {formatError(error)}
    </ErrorNotice>
  );
}
