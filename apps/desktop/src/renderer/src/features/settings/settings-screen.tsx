import { ScreenHeader } from "@/ui/screen-header.tsx";

export function SettingsScreen() {
  return <ScreenHeader title="Settings" />;
}
