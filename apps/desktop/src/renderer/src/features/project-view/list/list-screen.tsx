import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { ProjectView } from "@/features/project-view/project-view.tsx";
import { TaskList } from "./task-list.tsx";

export function ListScreen(slots: TaskSlots) {
  return (
    <ProjectView view="list" slots={slots}>
      <TaskList />
    </ProjectView>
  );
}
