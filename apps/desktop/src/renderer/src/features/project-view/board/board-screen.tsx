import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { ProjectView } from "@/features/project-view/project-view.tsx";
import { Board } from "./board.tsx";

export function BoardScreen(slots: TaskSlots) {
  return (
    <ProjectView view="board" slots={slots}>
      <Board />
    </ProjectView>
  );
}
