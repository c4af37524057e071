import type { ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";
import { SidebarContext } from "./sidebar-context.ts";

type Props = {
  sidebar: ReactNode;
  collapsed: boolean;
  onCollapsedChange: (collapsed: boolean) => void;
  children: ReactNode;
  /** A PeekPanel, or nothing. */
  peek?: ReactNode;
};

/**
 * Left the sidebar, in the middle the screen, right what one peeks at. On a narrow window the
 * sidebar lies over the screen instead of pushing it aside.
 */
export function AppFrame({ sidebar, collapsed, onCollapsedChange, children, peek }: Props) {
  return (
    <SidebarContext value={{ collapsed, toggle: () => onCollapsedChange(!collapsed) }}>
      <div className="flex h-full overflow-hidden bg-canvas">
        {!collapsed && (
          <button
            type="button"
            aria-label="Close sidebar"
            onClick={() => onCollapsedChange(true)}
            className="fixed inset-0 z-20 bg-backdrop md:hidden"
          />
        )}
        <div
          // Folded away it must not be reached by Tab either, hence inert and not just a width.
          inert={collapsed}
          className={cx(
            "shrink-0 overflow-hidden bg-canvas transition-[width] duration-150 max-md:fixed max-md:inset-y-0 max-md:left-0 max-md:z-20",
            collapsed ? "w-0" : "w-(--sidebar-width) max-md:shadow-popup",
          )}
        >
          <div className="h-full w-(--sidebar-width)">{sidebar}</div>
        </div>
        <div
          className={cx(
            "flex min-w-0 flex-1 overflow-hidden bg-surface md:my-2 md:mr-2 md:rounded-panel md:border md:shadow-card",
            collapsed && "md:ml-2",
          )}
        >
          {/* Screens answer to the room they have, which a peek panel takes from them, not to the window. */}
          <main className="@container/main flex min-w-0 flex-1 flex-col overflow-hidden">
            {children}
          </main>
          {peek}
        </div>
      </div>
    </SidebarContext>
  );
}
