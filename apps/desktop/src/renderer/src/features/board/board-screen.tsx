import { ScreenHeader } from "@/ui/screen-header.tsx";

export function BoardScreen() {
  return <ScreenHeader title="Board" />;
}
