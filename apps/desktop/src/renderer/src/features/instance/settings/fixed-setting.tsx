import { Lock } from "lucide-react";

/** Said where a setting can't be changed here. */
export const FixedSetting = ({ variable }: { variable: string }) => (
  <span className="mt-1 flex items-center gap-1.5 text-12 text-muted">
    <Lock size={12} aria-hidden="true" />
    Set by the environment ({variable})
  </span>
);
