import { useNavigate } from "@tanstack/react-router";
import {
  Columns3,
  Ellipsis,
  FileDown,
  FileUp,
  History,
  List,
  ListFilter,
  Paperclip,
  Plus,
  Settings2,
} from "lucide-react";
import { FollowButton } from "@/entities/notifications/follow-button.tsx";
import { keepOfflineEntry } from "@/entities/offline/keep-offline-entry.tsx";
import { OfflineSign } from "@/entities/offline/offline-sign.tsx";
import { offlinePlaces } from "@/entities/offline/places/offline-places.ts";
import { AlsoInProject } from "@/entities/presence/also-here.tsx";
import { projectColor } from "@/entities/projects/project-color.ts";
import { useObservable } from "@/lib/observable.ts";
import { type BoardView, paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { useCsvExport } from "./use-csv-export.ts";
import { useView } from "./view/view-context.ts";
import { ViewOptions } from "./view-options.tsx";

type Props = { view: BoardView; isBarOpen: boolean; onToggleBar: () => void };

export function ProjectHeader({ view, isBarOpen, onToggleBar }: Props) {
  const { project, canEdit, create } = useView();
  const navigate = useNavigate();
  useShortcut({ keys: "f", label: "Filter", group: "View" }, onToggleBar);

  function show(next: BoardView) {
    // Filters and the open task go along: it is the same view, drawn differently.
    const to = paths.project(project.workspaceId, project.key, next);
    navigate({ to, search: ((old: object) => old) as never });
  }

  return (
    <ScreenHeader
      title={project.name}
      icon={<LabelDot color={projectColor(project.id)} size={10} />}
      others={<AlsoInProject projectId={project.id} />}
      commands={
        <>
          <FollowButton about={{ entity: "project", id: project.id }} group="View" />
          <MoreMenu />
          {canEdit && (
            <Button variant="primary" icon={<Plus size={14} />} onClick={create}>
              <span className="@max-2xl/main:sr-only">New task</span>
            </Button>
          )}
        </>
      }
    >
      <OfflineSign place={{ kind: "project", id: project.id }} />
      {project.archivedAt && <Badge>Archived</Badge>}
      {project.role === "viewer" && <Badge>View only</Badge>}
      <SegmentedControl
        label="View"
        value={view}
        onValueChange={show}
        segments={[
          { value: "board", label: "Board", icon: <Columns3 size={13} /> },
          { value: "list", label: "List", icon: <List size={13} /> },
        ]}
      />
      <IconButton
        label="Filter"
        keys="f"
        icon={<ListFilter size={15} />}
        pressed={isBarOpen}
        onClick={onToggleBar}
      />
      <ViewOptions view={view} />
    </ScreenHeader>
  );
}

function MoreMenu() {
  const { project, canEdit } = useView();
  const navigate = useNavigate();
  const exportCsv = useCsvExport(project.id);
  const { id, name, workspaceId, key } = project;
  const offline = useObservable(offlinePlaces);
  const entries: MenuEntry[] = [
    {
      label: "Files",
      icon: <Paperclip size={14} />,
      onSelect: () => navigate({ to: paths.projectFiles(workspaceId, key) }),
    },
    {
      label: "Activity",
      icon: <History size={14} />,
      onSelect: () => navigate({ to: paths.projectActivity(workspaceId, key) }),
    },
    keepOfflineEntry({ kind: "project", id, workspaceId, name }, offline),
    { label: "Export as CSV", icon: <FileDown size={14} />, onSelect: exportCsv },
    {
      label: "Project settings",
      icon: <Settings2 size={14} />,
      onSelect: () => navigate({ to: paths.projectSettings(workspaceId, key) }),
    },
  ];
  if (project.role !== "viewer") {
    entries.splice(2, 0, {
      label: "Board as of…",
      icon: <Columns3 size={14} />,
      onSelect: () => navigate({ to: paths.boardThen(workspaceId, key) }),
    });
  }
  if (canEdit) {
    entries.unshift({
      label: "Import tasks",
      icon: <FileUp size={14} />,
      onSelect: () => navigate({ to: paths.import(workspaceId, key) }),
    });
  }
  return (
    <Menu
      align="end"
      entries={entries}
      trigger={<IconButton label="Project options" icon={<Ellipsis size={16} />} />}
    />
  );
}
