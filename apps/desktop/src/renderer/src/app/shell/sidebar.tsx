import {
  CircleUserRound,
  FileText,
  History,
  Inbox,
  PanelLeft,
  Plus,
  Search,
  Settings,
  SquarePen,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { cx } from "@/ui/format/cx.ts";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { NavItem } from "@/ui/layout/nav-item.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { Avatar, type Person } from "@/ui/people/avatar.tsx";
import { PeoplePopover } from "@/ui/people/people-popover.tsx";
import { WorkspaceSwitcher } from "./workspace-switcher.tsx";

type SidebarProject = {
  id: string;
  key: string;
  name: string;
  color: string | null;
  href: string;
  /** The beginning of the paths at which it is marked. */
  within?: string;
};

type Props = {
  workspace: { id: string; name: string; pictureKey?: string | null };
  workspaces: readonly Props["workspace"][];
  onSwitchWorkspace: (id: string) => void;
  onCreateWorkspace: () => void;
  /** The person's own entries: settings, theme, sign out. */
  accountEntries: readonly MenuEntry[];
  onShowDeleted: (() => void) | undefined;
  me: Person;
  /** The address one is at: decides which entry is marked. */
  path: string;
  hrefs: {
    inbox: string;
    myWork: string;
    activity: string;
    search: string;
    documents: string;
    members: string;
    settings: string;
  };
  /** How many notifications. */
  unread: number;
  /** They see what was shared with them, and the people there. */
  isGuest?: boolean;
  /** What one is invited to elsewhere, if anything. */
  invitations?: ReactNode;
  /** The tree of documents. */
  documents?: ReactNode;
  projects: readonly SidebarProject[];
  online: readonly Person[];
  /** Absent for those who may not. */
  onNewTask?: () => void;
  onNewProject?: () => void;
  onCollapse: () => void;
};

export function Sidebar(props: Props) {
  const { path, hrefs, projects, documents, invitations, online, me, unread } = props;
  const { isGuest, onNewTask, onNewProject, onCollapse } = props;
  return (
    <nav aria-label="Workspace" className="flex h-full flex-col px-2 pb-2 text-13">
      <div className="flex h-13 shrink-0 items-center gap-0.5">
        <WorkspaceSwitcher {...props} />
        {onNewTask && (
          <IconButton
            label="New task"
            keys="c"
            icon={<SquarePen size={15} />}
            onClick={onNewTask}
          />
        )}
        <IconButton
          label="Close sidebar"
          keys="["
          icon={<PanelLeft size={16} />}
          onClick={onCollapse}
        />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-px">
        <NavItem
          href={hrefs.inbox}
          path={path}
          icon={<Inbox size={16} />}
          keys="g i"
          count={{ of: unread, label: "unread" }}
        >
          Inbox
        </NavItem>
        <NavItem href={hrefs.myWork} path={path} icon={<CircleUserRound size={16} />} keys="g m">
          My work
        </NavItem>
        <NavItem href={hrefs.search} path={path} icon={<Search size={16} />} keys="/">
          Search
        </NavItem>
        <NavItem href={hrefs.documents} path={path} icon={<FileText size={16} />} keys="g d">
          Documents
        </NavItem>
        <NavItem href={hrefs.activity} path={path} icon={<History size={16} />} keys="g a">
          Activity
        </NavItem>
        <NavItem href={hrefs.members} path={path} icon={<UsersRound size={16} />}>
          {isGuest ? "People" : "Members"}
        </NavItem>
        {invitations}
      </div>

      <div
        data-edge-scroll="y"
        className="relative -mx-2 mt-3 min-h-0 flex-1 overflow-y-auto border-t px-2 pb-2"
      >
        <Section
          title="Projects"
          command={
            onNewProject && (
              <IconButton
                label="New project"
                size="small"
                icon={<Plus size={14} />}
                onClick={onNewProject}
              />
            )
          }
        />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-px">
          {projects.map((project) => (
            <NavItem
              key={project.id}
              href={project.href}
              path={path}
              within={project.within}
              icon={<LabelDot color={project.color} size={10} />}
              detail={project.key}
            >
              {project.name}
            </NavItem>
          ))}
          {projects.length === 0 && (
            <p className="px-2 py-1 text-12 text-muted">
              {isGuest
                ? "Nothing is shared with you yet."
                : "No projects yet. Each project has a board."}
            </p>
          )}
        </div>
        {documents}
      </div>

      <div className="border-t pt-2">
        {online.length > 0 && (
          <PeoplePopover
            label="Online"
            people={online}
            side="top"
            className="mb-1 h-7 gap-1.5 px-2 [--dot-ring:var(--canvas)]"
          >
            {online.slice(0, 6).map((person) => (
              <Avatar key={person.id} person={person} size={20} online decorative />
            ))}
            {online.length > 6 && (
              <span className="text-12 text-muted tabular-nums">+{online.length - 6}</span>
            )}
          </PeoplePopover>
        )}
        <Link
          href={hrefs.settings}
          aria-current={path === hrefs.settings ? "page" : undefined}
          className={cx(
            "flex h-9 items-center gap-2 rounded-control px-2 font-medium transition-colors focus-visible:-outline-offset-1",
            path === hrefs.settings ? "bg-active" : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          <Avatar person={me} size={20} decorative />
          <span className="min-w-0 flex-1 truncate">{me.name}</span>
          <Settings size={14} className="shrink-0 text-faint" aria-hidden="true" />
          <span className="sr-only">: your settings</span>
        </Link>
      </div>
    </nav>
  );
}

function Section({ title, command }: { title: string; command?: ReactNode }) {
  return (
    <div className="mt-3 flex h-7 shrink-0 items-center justify-between pl-2">
      <h2 className="font-medium text-12 text-faint">{title}</h2>
      {command}
    </div>
  );
}
