import { useLocation, useParams } from "@tanstack/react-router";
import { FolderX, LayoutGrid, List, Search, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { AttachButton } from "@/entities/files/attach-button.tsx";
import type { FileRow } from "@/entities/files/file.ts";
import { FileCatcher } from "@/entities/files/file-catcher.tsx";
import { type FileKind, fileKinds, kindNames } from "@/entities/files/file-kind.ts";
import { useUploadsTo } from "@/entities/files/upload/use-upload.ts";
import { UploadLine } from "@/entities/files/upload-line.tsx";
import { ProjectBreadcrumbs } from "@/entities/projects/project-breadcrumbs.tsx";
import { useProject } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { Button } from "@/ui/controls/button.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { ScrollArea } from "@/ui/layout/scroll-area.tsx";
import { DeletedFiles } from "./deleted-files.tsx";
import { FoundFiles, type Layout } from "./found-files.tsx";
import type { Sorting } from "./sort-files.ts";
import { useProjectFiles } from "./use-project-files.ts";

export function FilesScreen() {
  const { projectKey = "" } = useParams({ strict: false });
  const project = useProject(projectKey);
  if (project) return <ProjectFiles key={project.id} project={project} />;
  return (
    <>
      <ScreenHeader title="Files" />
      <EmptyState icon={<FolderX size={18} />} title={`Project ${projectKey} not found`}>
        Its key may have changed, or you may no longer have access to it.
      </EmptyState>
    </>
  );
}

const layoutKey = "guildhall.files-layout";
const storedLayout = (): Layout => (localStorage.getItem(layoutKey) === "list" ? "list" : "grid");

function ProjectFiles({ project }: { project: Project }) {
  const place = useMemo(() => ({ projectId: project.id }), [project.id]);
  const readOnly = project.role === "viewer";
  const [layout, setLayout] = useState(storedLayout);
  const [kind, setKind] = useState<FileKind | "all">("all");
  const [sorting, setSorting] = useState<Sorting>("newest");
  const { searchStr } = useLocation();
  const [query, setQuery] = useState(() => new URLSearchParams(searchStr).get("name") ?? "");
  const [isTrash, setTrash] = useState(false);
  const { found, isEmpty, error, retry, more } = useProjectFiles(project.id, {
    ...{ kind, query, sorting },
  });

  function show(next: Layout) {
    localStorage.setItem(layoutKey, next);
    setLayout(next);
  }

  return (
    <FileCatcher place={place} disabled={readOnly} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <ScreenHeader
        title="Files"
        breadcrumbs={<ProjectBreadcrumbs project={project} />}
        commands={!readOnly && <AttachButton place={place} label="Upload" variant="primary" />}
      >
        <SegmentedControl
          label="Layout"
          value={layout}
          onValueChange={show}
          segments={[
            { value: "grid", label: "Grid", icon: <LayoutGrid size={13} /> },
            { value: "list", label: "List", icon: <List size={13} /> },
          ]}
        />
        <Select
          label="Type"
          variant="quiet"
          value={kind}
          onValueChange={setKind}
          options={[
            { value: "all", label: "All types" },
            ...fileKinds.map((value) => ({ value, label: kindNames[value] })),
          ]}
        />
        <Select
          label="Sort by"
          variant="quiet"
          value={sorting}
          onValueChange={setSorting}
          options={[
            { value: "newest", label: "Newest first" },
            { value: "oldest", label: "Oldest first" },
            { value: "name", label: "Name" },
            { value: "largest", label: "Largest first" },
          ]}
        />
        <IconButton
          label="Deleted files"
          icon={<Trash2 size={14} />}
          pressed={isTrash}
          onClick={() => setTrash(!isTrash)}
        />
      </ScreenHeader>
      <ScrollArea name="files" className="px-5 py-4">
        <div className="mx-auto max-w-[1180px]">
          {isTrash ? (
            <DeletedFiles projectId={project.id} readOnly={readOnly} />
          ) : (
            <>
              {!isEmpty && <NameField value={query} onValueChange={setQuery} />}
              <Arriving place={place} known={found ?? []} />
              {error && !found && <ErrorNotice title="Couldn't load files" onRetry={retry} />}
              {!error && !found && <Spinner />}
              {found && (
                <FoundFiles files={found} {...{ layout, readOnly }} isFiltered={!isEmpty} />
              )}
              {more && (
                <div className="mt-4 text-center">
                  <Button onClick={more}>Show more</Button>
                </div>
              )}
            </>
          )}
        </div>
      </ScrollArea>
    </FileCatcher>
  );
}

type NameProps = { value: string; onValueChange: (value: string) => void };

function NameField(props: NameProps) {
  return (
    <div className="mb-4 max-w-72">
      <TextField
        label="Search files"
        hideLabel
        type="search"
        placeholder="Search files…"
        icon={<Search size={14} />}
        {...props}
      />
    </div>
  );
}

function Arriving({ place, known }: { place: { projectId: string }; known: readonly FileRow[] }) {
  const uploads = useUploadsTo(place).filter(({ id }) => !known.some((file) => file.id === id));
  if (uploads.length === 0) return null;
  return (
    <ul aria-label="Uploads" className="mb-4 grid grid-cols-[minmax(0,1fr)] gap-1">
      {uploads.map((upload) => (
        <UploadLine key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}
