import { ProjectView } from "@/features/project-view/project-view.tsx";
import { Board } from "./board.tsx";

export function BoardScreen() {
  return (
    <ProjectView view="board">
      <Board />
    </ProjectView>
  );
}
