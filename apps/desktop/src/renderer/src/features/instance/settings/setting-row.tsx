import type { ReactNode } from "react";
import { FixedSetting } from "./fixed-setting.tsx";

type Props = {
  label: string;
  hint: string;
  /** The variable of the environment that sets it. */
  variable: string | undefined;
  children: ReactNode;
};

export function SettingRow({ label, hint, variable, children }: Props) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-40 flex-1">
        <p className="font-medium text-13">{label}</p>
        <p className="mt-0.5 text-12 text-muted">{hint}</p>
        {variable && <FixedSetting variable={variable} />}
      </div>
      {children}
    </div>
  );
}
