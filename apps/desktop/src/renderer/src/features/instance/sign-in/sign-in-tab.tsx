import { Switch } from "@/ui/controls/switch.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { DomainsField, NumberField } from "../settings/setting-fields.tsx";
import { settingRows } from "../settings/setting-rows.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { Providers } from "./providers.tsx";

/** In which ways people sign in. */
export function SignInTab() {
  return (
    <>
      <SettingsFrame>
        {(fields) => {
          const { settings, fixed, save } = fields;
          const { hint } = settingRows.secondFactorRequired;
          const variable = fixed.secondFactorRequired;
          return (
            <Section title="Passwords and sessions">
              <div className="grid gap-5">
                <DomainsField name="passwordsOffDomains" {...fields} />
                <Switch
                  {...settingRows.secondFactorRequired}
                  hint={variable ? `${hint} Set by the environment (${variable}).` : hint}
                  disabled={variable !== undefined}
                  checked={settings.secondFactorRequired}
                  onCheckedChange={(secondFactorRequired) => save({ secondFactorRequired })}
                />
                <NumberField name="sessionMinutes" {...fields} />
              </div>
            </Section>
          );
        }}
      </SettingsFrame>
      <Providers />
    </>
  );
}
