import { SettingField } from "./setting-field.tsx";
import { domainsOf, leastOf, type NumberSetting, numberOf, settingRows } from "./setting-rows.ts";
import type { FieldsProps } from "./settings-frame.tsx";

type Of<Name> = FieldsProps & { name: Name };

export function DomainsField({
  name,
  settings,
  fixed,
  save,
}: Of<"registrationDomains" | "passwordsOffDomains">) {
  return (
    <SettingField
      {...settingRows[name]}
      variable={fixed[name]}
      value={settings[name].join(", ")}
      placeholder="example.org"
      onSave={(text) => save({ [name]: domainsOf(text) })}
    />
  );
}

export function NumberField({ name, settings, fixed, save }: Of<NumberSetting>) {
  // The one that can be without an end.
  const isOptional = name === "workspaceFilesGb";
  return (
    <SettingField
      {...settingRows[name]}
      variable={fixed[name]}
      value={String(settings[name] ?? "")}
      type="number"
      min={leastOf[name]}
      required={!isOptional}
      placeholder={isOptional ? "No limit" : undefined}
      onSave={(text) => save({ [name]: numberOf(text) })}
    />
  );
}
