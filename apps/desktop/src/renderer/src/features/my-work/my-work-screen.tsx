import { ScreenHeader } from "@/ui/screen-header.tsx";

export function MyWorkScreen() {
  return <ScreenHeader title="My work" />;
}
