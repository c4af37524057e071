import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Select } from "@/ui/controls/select.tsx";
import { Switch } from "@/ui/controls/switch.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { SettingField } from "./setting-field.tsx";
import { SettingRow } from "./setting-row.tsx";
import {
  domainsOf,
  numberOf,
  registrationModes,
  type Settings,
  type SettingsPatch,
  settingRows,
} from "./setting-rows.ts";

export function SettingsTab() {
  const cache = trpc.useUtils();
  const { data, error, refetch } = trpc.instance.settings.useQuery(undefined, { staleTime: 0 });
  const { mutate } = trpc.instance.setSettings.useMutation({
    onSuccess(settings) {
      cache.instance.settings.setData(undefined, (old) => old && { ...old, settings });
      notify({ title: "Setting saved" });
    },
    onError: reportFailure("Couldn't save the setting"),
  });
  if (!data) {
    if (!error) return <Skeleton width="100%" height={224} />;
    return (
      <ErrorNotice title="Couldn't load the settings" onRetry={() => refetch()}>
        {formatError(error)}
      </ErrorNotice>
    );
  }
  const save = (patch: SettingsPatch) => mutate({ patch });
  return <Fields settings={data.settings} fixed={data.fixed} save={save} />;
}

type Props = {
  settings: Settings;
  /** The variables of the environment by the settings that they set. */
  fixed: Record<string, string>;
  save: (patch: SettingsPatch) => void;
};

function Fields({ settings, fixed, save }: Props) {
  const domains = (name: "registrationDomains" | "passwordsOffDomains") => (
    <SettingField
      {...settingRows[name]}
      variable={fixed[name]}
      value={settings[name].join(", ")}
      placeholder="example.org"
      onSave={(text) => save({ [name]: domainsOf(text) })}
    />
  );
  const number = (name: "sessionMinutes" | "auditKeepDays" | "workspaceFilesGb", least: number) => (
    <SettingField
      {...settingRows[name]}
      variable={fixed[name]}
      value={String(settings[name] ?? "")}
      type="number"
      min={least}
      required={name !== "workspaceFilesGb"}
      placeholder={name === "workspaceFilesGb" ? "No limit" : undefined}
      onSave={(text) => save({ [name]: numberOf(text) })}
    />
  );
  return (
    <>
      <Section title="Accounts">
        <div className="grid gap-5">
          <SettingRow {...settingRows.registration} variable={fixed.registration}>
            <Select
              label={settingRows.registration.label}
              options={registrationModes}
              value={settings.registration}
              disabled={fixed.registration !== undefined}
              onValueChange={(registration) => save({ registration })}
            />
          </SettingRow>
          {domains("registrationDomains")}
        </div>
      </Section>
      <Section title="Signing in">
        <div className="grid gap-5">
          {domains("passwordsOffDomains")}
          <Switch
            {...settingRows.secondFactorRequired}
            hint={
              fixed.secondFactorRequired
                ? `${settingRows.secondFactorRequired.hint} Set by the environment (${fixed.secondFactorRequired}).`
                : settingRows.secondFactorRequired.hint
            }
            disabled={fixed.secondFactorRequired !== undefined}
            checked={settings.secondFactorRequired}
            onCheckedChange={(secondFactorRequired) => save({ secondFactorRequired })}
          />
          {number("sessionMinutes", 5)}
        </div>
      </Section>
      <Section title="Storage">
        <div className="grid gap-5">
          {number("auditKeepDays", 30)}
          {number("workspaceFilesGb", 1)}
        </div>
      </Section>
    </>
  );
}
