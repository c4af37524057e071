import { PanelLeft } from "lucide-react";
import { type ReactNode, use } from "react";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { HeaderEndContext, SidebarContext } from "./sidebar-context.ts";

type Props = {
  /** Where one is: a project, "My work". The screen's only h1. */
  title: string;
  icon?: ReactNode;
  /** The places above it, e.g. the project over a task. */
  breadcrumbs?: ReactNode;
  /** Views and filters, beside the title. */
  children?: ReactNode;
  /** Who else is here now: at the left of what must not move when somebody comes or goes. */
  others?: ReactNode;
  /** What is typed here is saved by a button: "Saved" would speak of other things. */
  isForm?: boolean;
  /** At the right, behind the save indicator: the main button. */
  commands?: ReactNode;
};

export function ScreenHeader({
  title,
  icon,
  breadcrumbs,
  children,
  others,
  isForm,
  commands,
}: Props) {
  const sidebar = use(SidebarContext);
  const end = use(HeaderEndContext);
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b pr-3 pl-4">
      <div className="flex min-w-16 shrink-[99] items-center gap-2">
        {sidebar?.collapsed && (
          <span className="-ml-1.5">
            <IconButton
              label="Open sidebar"
              keys="["
              icon={<PanelLeft size={16} />}
              onClick={sidebar.toggle}
            />
          </span>
        )}
        {/* Beside views and filters a phone has room for the title only. */}
        <span className={children ? "contents @max-lg/main:hidden" : "contents"}>
          {breadcrumbs}
        </span>
        {icon}
        <h1 className="truncate font-semibold text-13">{title}</h1>
      </div>
      {children && (
        // Where all of it does not fit, it is scrolled: what stands behind it stays within reach.
        <div className="-m-1 flex min-w-0 items-center gap-1 overflow-x-auto p-1 [scrollbar-width:none]">
          {children}
        </div>
      )}
      <div className="ml-auto flex shrink-0 items-center gap-1.5">
        {others && <span className="@max-lg/main:hidden">{others}</span>}
        {isForm ? <span className="contents [&_[data-state=saved]]:hidden">{end}</span> : end}
        {commands}
      </div>
    </header>
  );
}
