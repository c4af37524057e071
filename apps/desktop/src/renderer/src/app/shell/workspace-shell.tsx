import { lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useState } from "react";
import { UploadState } from "@/entities/files/upload-state.tsx";
import { useCurrentProject } from "@/entities/projects/use-current-project.ts";
import { DocumentExportDialog } from "@/features/document-export/document-export-dialog.tsx";
import { DocumentImportDialog } from "@/features/document-import/document-import-dialog.tsx";
import { CreateTaskDialog } from "@/features/tasks/create/create-task-dialog.tsx";
import { TreeProvider } from "@/features/tree/tree-provider.tsx";
import { useVisits } from "@/features/tree/use-visits.ts";
import { platform } from "@/platform/platform.ts";
import type { Command, Overlay } from "@/ui/dialogs/command.ts";
import { CommandPalette } from "@/ui/dialogs/command-palette.tsx";
import { ShortcutSheet } from "@/ui/dialogs/shortcut-sheet.tsx";
import { AppFrame } from "@/ui/layout/app-frame.tsx";
import { useEdgeScroll } from "@/ui/layout/edge-scroll.ts";
import { HeaderEndContext } from "@/ui/layout/sidebar-context.ts";
import { CommandKeys } from "./command-keys.tsx";
import { DesktopFind } from "./desktop-find.tsx";
import { NotificationNews } from "./notification-news.tsx";
import { SaveState } from "./save-state.tsx";
import { useCommands } from "./use-commands.tsx";
import { usePaletteSearch } from "./use-palette-search.tsx";
import { useSidebarState } from "./use-sidebar-state.ts";
import { WorkspaceSidebar } from "./workspace-sidebar.tsx";

const DeletedWorkspaces = lazy(() => import("@/features/workspace/deleted-workspaces.tsx"));

const saveState = (
  <>
    <UploadState />
    <SaveState />
  </>
);

/** What surrounds every screen of a workspace: sidebar, palette, keys, save indicator. */
export function WorkspaceShell({ children }: { children: ReactNode }) {
  return (
    <TreeProvider>
      <Shell>{children}</Shell>
      <DocumentImportDialog />
      <DocumentExportDialog />
    </TreeProvider>
  );
}

function Shell({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const { collapsed, setCollapsed } = useSidebarState();
  const commands = useCommands({ open: setOverlay, toggleSidebar: () => setCollapsed(!collapsed) });
  const search = usePaletteSearch();
  const { project } = useCurrentProject();
  useMenuCommands(commands);
  useEdgeScroll();
  useVisits();

  const shownAs = (name: Overlay) => ({
    open: overlay === name,
    onOpenChange: (isOpen: boolean) => setOverlay(isOpen ? name : null),
  });
  return (
    <HeaderEndContext value={saveState}>
      <AppFrame
        collapsed={collapsed}
        onCollapsedChange={setCollapsed}
        sidebar={<WorkspaceSidebar onOpen={setOverlay} onCollapse={() => setCollapsed(true)} />}
      >
        {children}
      </AppFrame>
      <NotificationNews />
      <DesktopFind />
      <CommandKeys commands={commands} />
      <CommandPalette
        {...shownAs("palette")}
        commands={commands.filter(({ isKeyOnly }) => !isKeyOnly)}
        search={search}
      />
      <CreateTaskDialog {...shownAs("new-task")} defaults={{ projectId: project?.id }} />
      <ShortcutSheet {...shownAs("shortcuts")} />
      {overlay === "deleted-workspaces" && (
        <Suspense fallback={null}>
          <DeletedWorkspaces {...shownAs("deleted-workspaces")} />
        </Suspense>
      )}
    </HeaderEndContext>
  );
}

/** The desktop app's menu names the same commands. */
function useMenuCommands(commands: readonly Command[]) {
  const run = useEffectEvent((name: string) => commands.find(({ id }) => id === name)?.run());
  useEffect(() => platform.onMenuCommand((command) => run(command)), []);
}
