import { ScreenHeader } from "@/ui/screen-header.tsx";

export function JoinScreen() {
  return <ScreenHeader title="Join" />;
}
