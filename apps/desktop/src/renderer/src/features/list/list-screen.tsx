import { ScreenHeader } from "@/ui/screen-header.tsx";

export function ListScreen() {
  return <ScreenHeader title="List" />;
}
