import { Select } from "@/ui/controls/select.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { DomainsField, NumberField } from "./setting-fields.tsx";
import { SettingRow } from "./setting-row.tsx";
import { type NumberSetting, registrationModes, settingRows } from "./setting-rows.ts";
import { SettingsFrame } from "./settings-frame.tsx";

const storage: NumberSetting[] = ["uploadMb", "workspaceFilesGb", "auditKeepDays"];
const requests: NumberSetting[] = [
  "signInTries",
  "invitationsPerQuarterHour",
  "connectionsPerPerson",
  "messagesPerSecond",
];

/** What holds for the server; how people sign in is a tab of its own. */
export function SettingsTab() {
  return (
    <SettingsFrame>
      {(fields) => (
        <>
          <Section title="Accounts">
            <div className="grid gap-5">
              <SettingRow {...settingRows.registration} variable={fields.fixed.registration}>
                <Select
                  label={settingRows.registration.label}
                  options={registrationModes}
                  value={fields.settings.registration}
                  disabled={fields.fixed.registration !== undefined}
                  onValueChange={(registration) => fields.save({ registration })}
                />
              </SettingRow>
              <DomainsField name="registrationDomains" {...fields} />
            </div>
          </Section>
          <Section title="Storage">
            <div className="grid gap-5">
              {storage.map((name) => (
                <NumberField key={name} name={name} {...fields} />
              ))}
            </div>
          </Section>
          <Section title="Limits" lead="They hold at once, on all server processes.">
            <div className="grid gap-5">
              {requests.map((name) => (
                <NumberField key={name} name={name} {...fields} />
              ))}
            </div>
          </Section>
        </>
      )}
    </SettingsFrame>
  );
}
