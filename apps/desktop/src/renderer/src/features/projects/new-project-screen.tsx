import { ScreenHeader } from "@/ui/screen-header.tsx";

export function NewProjectScreen() {
  return <ScreenHeader title="New project" />;
}
