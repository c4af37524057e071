import { useLocation, useParams, useRouter } from "@tanstack/react-router";
import { FolderX, Lock } from "lucide-react";
import { ProjectBreadcrumbs } from "@/entities/projects/project-breadcrumbs.tsx";
import { useProject } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ScreenBody } from "@/ui/layout/screen-body.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { ImportRun } from "./import-run.tsx";
import { PrepareImport } from "./prepare-import.tsx";

export function ImportScreen() {
  const { projectKey = "" } = useParams({ strict: false });
  const project = useProject(projectKey);
  if (project) return <ImportInto key={project.id} project={project} />;
  return (
    <>
      <ScreenHeader title="Import" />
      <EmptyState icon={<FolderX size={18} />} title={`Project ${projectKey} not found`}>
        Its key may have changed, or you may no longer have access to it.
      </EmptyState>
    </>
  );
}

function ImportInto({ project }: { project: Project }) {
  const { pathname, searchStr } = useLocation();
  const { history } = useRouter();
  // In the address, so that a reload in the middle of it comes back to it.
  const runId = new URLSearchParams(searchStr).get("run");
  const mayImport = project.role !== "viewer" && !project.archivedAt;

  return (
    <>
      <ScreenHeader isForm title="Import" breadcrumbs={<ProjectBreadcrumbs project={project} />} />
      {runId ? (
        <ScreenBody width="page">
          <ImportRun
            key={runId}
            id={runId}
            project={project}
            onAgain={() => history.push(pathname)}
          />
        </ScreenBody>
      ) : mayImport ? (
        <ScreenBody width="page">
          <PrepareImport
            project={project}
            onStarted={(id) => history.push(`${pathname}?run=${id}`)}
          />
        </ScreenBody>
      ) : (
        <EmptyState icon={<Lock size={18} />} title="You can't import here">
          {project.archivedAt
            ? "This project is archived. Restore it in its settings first."
            : "You can only view this project. To import tasks, ask an owner to make you an editor."}
        </EmptyState>
      )}
    </>
  );
}
