import { Ellipsis, ListFilter, Plus } from "lucide-react";
import { useState } from "react";
import { Sidebar } from "@/features/shell/sidebar.tsx";
import { PropertyList } from "@/features/tasks/property-list.tsx";
import { TaskCard } from "@/features/tasks/task-card.tsx";
import { TaskProperties } from "@/features/tasks/task-properties.tsx";
import { TaskRow } from "@/features/tasks/task-row.tsx";
import { AppFrame } from "@/ui/app-frame.tsx";
import { AvatarStack } from "@/ui/avatar-stack.tsx";
import { Button } from "@/ui/button.tsx";
import { IconButton } from "@/ui/icon-button.tsx";
import { LabelDot } from "@/ui/label-dot.tsx";
import { Markdown } from "@/ui/markdown.tsx";
import { PeekPanel } from "@/ui/peek-panel.tsx";
import { SaveIndicator } from "@/ui/save-indicator.tsx";
import { ScreenHeader } from "@/ui/screen-header.tsx";
import { SegmentedControl } from "@/ui/segmented-control.tsx";
import { StatusIcon } from "@/ui/status-icon.tsx";
import { description, labels, people, statuses, tasks } from "./sample.ts";
import type { Status, Task } from "./task-shape.ts";

const cardWidth = 300;

/** The parts together, as the product will show them. */
export function FramePage({ initialView }: { initialView: "board" | "list" }) {
  const [view, setView] = useState(initialView);
  const [collapsed, setCollapsed] = useState(false);
  const [openTask, setOpenTask] = useState<Task | null>(tasks[4] ?? null);
  const [width, setWidth] = useState(400);

  return (
    <AppFrame
      collapsed={collapsed}
      onCollapsedChange={setCollapsed}
      sidebar={<SampleSidebar onCollapse={() => setCollapsed(true)} />}
      peek={
        openTask && (
          <PeekPanel
            label={openTask.key}
            width={width}
            onWidthChange={setWidth}
            onClose={() => setOpenTask(null)}
            onOpenWhole={noop}
            heading={openTask.key}
            actions={<IconButton label="More" icon={<Ellipsis size={16} />} />}
          >
            <div className="px-5 py-4">
              <h2 className="mb-4 font-semibold text-20 tracking-tight">{openTask.title}</h2>
              <PropertyList>
                <TaskProperties
                  task={openTask}
                  statuses={statuses}
                  labels={labels}
                  people={people}
                  onPatch={(patch) => setOpenTask({ ...openTask, ...patch })}
                  onCreateLabel={noop}
                />
              </PropertyList>
              <div className="mt-5 border-t pt-5">
                <Markdown onToggleTask={noop}>{description}</Markdown>
              </div>
            </div>
          </PeekPanel>
        )
      }
    >
      <ScreenHeader
        title="Desktop app"
        icon={<LabelDot color="blue" size={10} />}
        actions={
          <>
            <SaveIndicator state="saved" waiting={[]} onRetry={noop} onDiscard={noop} />
            <span className="hidden [--stack-ring:var(--surface)] @xl/main:block">
              <AvatarStack people={people.slice(1, 4)} />
            </span>
            <Button variant="primary" icon={<Plus size={14} />}>
              <span className="@max-xl/main:sr-only">New task</span>
            </Button>
          </>
        }
      >
        <SegmentedControl
          label="View"
          value={view}
          onValueChange={setView}
          segments={[
            { value: "board", label: "Board" },
            { value: "list", label: "List" },
          ]}
        />
        <IconButton label="Filter" keys="f" icon={<ListFilter size={15} />} />
      </ScreenHeader>
      {view === "board" ? (
        <section aria-label="Board" className="flex min-h-0 flex-1 gap-4 overflow-x-auto p-4">
          {statuses.slice(0, 4).map((status) => (
            <Column key={status.id} status={status} openId={openTask?.id} onOpen={setOpenTask} />
          ))}
        </section>
      ) : (
        <List openId={openTask?.id} onOpen={setOpenTask} />
      )}
    </AppFrame>
  );
}

function noop() {}

const subtasksOf = ({ subtaskDoneCount: done, subtaskCount: total }: Task) =>
  total > 0 ? { done, total } : undefined;

type Opening = { openId: string | undefined; onOpen: (task: Task) => void };

function Column({ status, openId, onOpen }: Opening & { status: Status }) {
  const own = tasks.filter(({ statusId }) => statusId === status.id);
  return (
    <div className="flex shrink-0 flex-col" style={{ width: cardWidth }}>
      <div className="mb-2 flex h-7 items-center gap-2 pl-1">
        <StatusIcon category={status.category} />
        <h2 className="font-medium text-13">{status.name}</h2>
        <span className="text-12 text-faint tabular-nums">{own.length}</span>
        <span className="ml-auto">
          <IconButton label={`New task in ${status.name}`} size="small" icon={<Plus size={14} />} />
        </span>
      </div>
      <div className="flex flex-col gap-2">
        {own.map((task, index) => (
          <TaskCard
            key={task.id}
            task={task}
            width={cardWidth}
            tabIndex={index === 0 ? 0 : -1}
            labels={labels.filter(({ id }) => task.labelIds.includes(id))}
            assignees={people.filter(({ id }) => task.assigneeIds.includes(id))}
            subtasks={subtasksOf(task)}
            open={task.id === openId}
            onClick={() => onOpen(task)}
          />
        ))}
      </div>
    </div>
  );
}

function List({ openId, onOpen }: Opening) {
  const [selected, setSelected] = useState<readonly string[]>(
    tasks.slice(5, 7).map(({ id }) => id),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: its rows are placed by a virtual list.
    <div
      role="grid"
      aria-label="Tasks"
      aria-multiselectable
      className="min-h-0 flex-1 overflow-y-auto"
    >
      {statuses.slice(0, 4).map((status) => (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        <div key={status.id} role="rowgroup">
          {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
          <div
            role="row"
            tabIndex={-1}
            className="sticky top-0 flex h-9 items-center gap-2 border-b bg-inset px-4"
          >
            {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
            <span role="rowheader" tabIndex={-1} className="flex items-center gap-2 font-medium">
              <StatusIcon category={status.category} />
              {status.name}
            </span>
          </div>
          {tasks
            .filter(({ statusId }) => statusId === status.id)
            .map((task, index) => (
              <TaskRow
                key={task.id}
                task={task}
                status={status}
                tabIndex={index === 0 ? 0 : -1}
                labels={labels.filter(({ id }) => task.labelIds.includes(id))}
                assignees={people.filter(({ id }) => task.assigneeIds.includes(id))}
                subtasks={subtasksOf(task)}
                open={task.id === openId}
                onClick={() => onOpen(task)}
                selected={selected.includes(task.id)}
                onSelectedChange={(isSelected) =>
                  setSelected(
                    isSelected ? [...selected, task.id] : selected.filter((id) => id !== task.id),
                  )
                }
              />
            ))}
        </div>
      ))}
    </div>
  );
}

function SampleSidebar({ onCollapse }: { onCollapse: () => void }) {
  const [me] = people;
  const projects = [
    { id: "app", key: "APP", name: "Desktop app", color: "blue", href: "/p/app" },
    { id: "srv", key: "SRV", name: "Server", color: "teal", href: "/p/srv" },
    { id: "web", key: "WEB", name: "Website and documentation", color: "orange", href: "/p/web" },
  ];
  return me ? (
    <Sidebar
      workspace={{ id: "w1", name: "Analytical Engines" }}
      workspaces={[
        { id: "w1", name: "Analytical Engines" },
        { id: "w2", name: "Bletchley Park" },
      ]}
      onSwitchWorkspace={noop}
      onCreateWorkspace={noop}
      accountEntries={[
        { label: "Settings", keys: "mod+,", onSelect: noop },
        { label: "Sign out", onSelect: noop },
      ]}
      me={me}
      path="/p/app"
      hrefs={{
        myWork: "/my-work",
        documents: "#documents",
        search: "/search",
        members: "/members",
        settings: "/settings",
      }}
      projects={projects}
      online={people.slice(0, 4)}
      onNewTask={noop}
      onNewProject={noop}
      onCollapse={onCollapse}
    />
  ) : null;
}
