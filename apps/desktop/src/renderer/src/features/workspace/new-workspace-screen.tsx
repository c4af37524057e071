import { ScreenHeader } from "@/ui/screen-header.tsx";

export function NewWorkspaceScreen() {
  return <ScreenHeader title="New workspace" />;
}
