import { ScreenHeader } from "@/ui/screen-header.tsx";

export function SearchScreen() {
  return <ScreenHeader title="Search" />;
}
