import { ProjectForm } from "@/entities/projects/project-form.tsx";
import { paths } from "@/lib/paths.ts";
import { Link } from "@/ui/controls/link.tsx";
import { StepsFrame } from "./steps-frame.tsx";

type Props = {
  workspaceId: string;
  name: string;
  onMade: (project: { key: string }) => void;
};

const none: string[] = [];

export function FirstProject({ workspaceId, name, onMade }: Props) {
  return (
    <StepsFrame
      step={2}
      title="Create your first project"
      lead={`${name} is ready. A project has a board that shows what's to do, in progress and done.`}
      footer={<Link href={paths.workspace(workspaceId)}>Skip for now</Link>}
    >
      <ProjectForm
        workspaceId={workspaceId}
        takenKeys={none}
        onCreated={onMade}
        submitLabel="Create project"
      />
    </StepsFrame>
  );
}
