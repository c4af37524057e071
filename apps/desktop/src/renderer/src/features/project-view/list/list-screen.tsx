import { ProjectView } from "@/features/project-view/project-view.tsx";
import { TaskList } from "./task-list.tsx";

export function ListScreen() {
  return (
    <ProjectView view="list">
      <TaskList />
    </ProjectView>
  );
}
