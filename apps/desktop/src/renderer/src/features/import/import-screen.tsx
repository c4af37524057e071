import { ScreenHeader } from "@/ui/screen-header.tsx";

export function ImportScreen() {
  return <ScreenHeader title="Import" />;
}
