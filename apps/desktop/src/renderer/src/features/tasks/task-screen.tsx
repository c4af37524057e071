import { ScreenHeader } from "@/ui/screen-header.tsx";

export function TaskScreen() {
  return <ScreenHeader title="Task" />;
}
