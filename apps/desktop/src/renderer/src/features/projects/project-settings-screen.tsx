import { useParams } from "@tanstack/react-router";
import { FolderX } from "lucide-react";
import { ProjectBreadcrumbs } from "@/entities/projects/project-breadcrumbs.tsx";
import { useProject } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { useAddressTab } from "@/lib/use-tab-param.ts";
import { Tabs } from "@/ui/controls/tabs.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ScreenBody } from "@/ui/layout/screen-body.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { AccessTab } from "./access-tab.tsx";
import { GeneralTab } from "./general-tab.tsx";
import { LabelsTab } from "./labels-tab.tsx";
import { StatusesTab } from "./statuses-tab.tsx";

export function ProjectSettingsScreen() {
  const { projectKey = "" } = useParams({ strict: false });
  const project = useProject(projectKey);
  if (project) return <ProjectSettings key={project.id} project={project} />;
  return (
    <>
      <ScreenHeader title="Project settings" />
      <EmptyState icon={<FolderX size={18} />} title={`Project ${projectKey} not found`}>
        Its key may have changed, or you may no longer have access to it.
      </EmptyState>
    </>
  );
}

function ProjectSettings({ project }: { project: Project }) {
  const [tab, setTab] = useAddressTab(["general", "statuses", "labels", "access"]);
  return (
    <>
      <ScreenHeader isForm title="Settings" breadcrumbs={<ProjectBreadcrumbs project={project} />}>
        {project.archivedAt && <Badge tone="warning">Archived</Badge>}
      </ScreenHeader>
      <ScreenBody width="page">
        <Tabs
          label="Project settings"
          value={tab}
          onValueChange={setTab}
          tabs={[
            { value: "general", label: "General", panel: <GeneralTab project={project} /> },
            {
              value: "statuses",
              label: "Statuses",
              count: project.statuses.length,
              panel: <StatusesTab project={project} />,
            },
            {
              value: "labels",
              label: "Labels",
              count: project.labels.length,
              panel: <LabelsTab project={project} />,
            },
            { value: "access", label: "Access", panel: <AccessTab project={project} /> },
          ]}
        />
      </ScreenBody>
    </>
  );
}
