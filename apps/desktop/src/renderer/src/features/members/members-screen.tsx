import { ScreenHeader } from "@/ui/screen-header.tsx";

export function MembersScreen() {
  return <ScreenHeader title="Members" />;
}
