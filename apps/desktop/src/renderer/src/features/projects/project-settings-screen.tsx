import { ScreenHeader } from "@/ui/screen-header.tsx";

export function ProjectSettingsScreen() {
  return <ScreenHeader title="Project settings" />;
}
