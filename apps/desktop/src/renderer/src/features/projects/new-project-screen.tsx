import { use } from "react";
import { ProjectForm } from "@/entities/projects/project-form.tsx";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { mayCreateIn } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { ScreenBody } from "@/ui/layout/screen-body.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { useHasArrived } from "./use-has-arrived.ts";

export function NewProjectScreen() {
  const workspace = useWorkspace();
  const navigate = use(NavigateContext);
  const open = useHasArrived((key) => navigate?.(paths.project(workspace.id, key)));
  return (
    <>
      <ScreenHeader isForm title="New project" />
      <ScreenBody>
        <p className="mb-5 text-13 text-muted">
          A project has its own board, statuses, labels and access settings.
        </p>
        {!mayCreateIn(workspace) ? (
          <p className="text-13">
            You can't create projects in this workspace. To do so, ask an owner to make you an
            editor.
          </p>
        ) : (
          <ProjectForm
            workspaceId={workspace.id}
            takenKeys={workspace.projects.map(({ key }) => key)}
            onCreated={open}
            submitLabel="Create project"
            onCancel={() => window.history.back()}
          />
        )}
      </ScreenBody>
    </>
  );
}
