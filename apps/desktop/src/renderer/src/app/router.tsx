import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  type RouteIds,
  redirect,
} from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { WorkspaceLayout } from "@/app/shell/workspace-layout.tsx";
import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { DocumentScreen } from "@/features/documents/page/document-screen.tsx";
import { FilesScreen } from "@/features/files/files-screen.tsx";
import { ImportScreen } from "@/features/import/import-screen.tsx";
import { MembersScreen } from "@/features/members/members-screen.tsx";
import { MyWorkScreen } from "@/features/my-work/my-work-screen.tsx";
import { BoardScreen } from "@/features/project-view/board/board-screen.tsx";
import { ListScreen } from "@/features/project-view/list/list-screen.tsx";
import { NewProjectScreen } from "@/features/projects/new-project-screen.tsx";
import { ProjectSettingsScreen } from "@/features/projects/project-settings-screen.tsx";
import { SearchScreen } from "@/features/search/search-screen.tsx";
import { SettingsScreen } from "@/features/settings/settings-screen.tsx";
import { CreateTaskDialog } from "@/features/tasks/create/create-task-dialog.tsx";
import { TaskPeek } from "@/features/tasks/task-peek.tsx";
import { TaskScreen } from "@/features/tasks/task-screen.tsx";
import { DocumentsScreen } from "@/features/tree/documents-screen.tsx";
import { TrashScreen } from "@/features/tree/trash-screen.tsx";
import { ConfirmEmailScreen } from "@/features/workspace/confirm-email-screen.tsx";
import { HomeScreen } from "@/features/workspace/home-screen.tsx";
import { JoinScreen } from "@/features/workspace/join-screen.tsx";
import { NewWorkspaceScreen } from "@/features/workspace/new-workspace-screen.tsx";
import { appPaths, type CoveredPath } from "@/lib/app-paths.ts";
import { NotFoundScreen } from "@/ui/layout/not-found-screen.tsx";
import { noteScroll } from "@/ui/layout/restored-scroll.ts";

const NewAddressScreen = lazy(() => import("@/features/workspace/new-address-screen.tsx"));
const InstanceScreen = lazy(() => import("@/features/instance/instance-screen.tsx"));
const SignInAppPage = lazy(() => import("@/features/sign-in/servers/sign-in-app-page.tsx"));
const QuickAddScreen = lazy(() => import("@/features/tasks/create/quick-add-screen.tsx"));
const UndoAddressPage = lazy(() => import("@/features/sign-in/undo-address-page.tsx"));

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundScreen });

const home = createRoute({
  getParentRoute: () => root,
  path: appPaths.home,
  component: HomeScreen,
});
const newWorkspace = createRoute({
  getParentRoute: () => root,
  path: appPaths.newWorkspace,
  component: NewWorkspaceScreen,
});
const join = createRoute({
  getParentRoute: () => root,
  path: appPaths.join,
  component: JoinScreen,
});

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: appPaths.confirmEmail,
  component: ConfirmEmailScreen,
});

const newAddress = createRoute({
  getParentRoute: () => root,
  path: appPaths.newAddress,
  component: () => (
    <Suspense fallback={null}>
      <NewAddressScreen />
    </Suspense>
  ),
});
const undoAddress = createRoute({
  getParentRoute: () => root,
  path: appPaths.undoAddress,
  component: () => (
    <Suspense fallback={null}>
      <UndoAddressPage />
    </Suspense>
  ),
});
const signInApp = createRoute({
  getParentRoute: () => root,
  path: appPaths.signInApp,
  component: () => (
    <Suspense fallback={null}>
      <SignInAppPage />
    </Suspense>
  ),
});

const instance = createRoute({
  getParentRoute: () => root,
  path: appPaths.instance,
  component: () => (
    <Suspense fallback={null}>
      <InstanceScreen />
    </Suspense>
  ),
});

const quickAdd = createRoute({
  getParentRoute: () => root,
  path: appPaths.quickAdd,
  component: () => (
    <Suspense fallback={null}>
      <QuickAddScreen />
    </Suspense>
  ),
});

/** Addresses of the signed-out pages lead home once somebody is in. */
const { signIn, signUp, forgotPassword, resetPassword, linkAccount } = appPaths;
const doors = [signIn, signUp, forgotPassword, resetPassword, linkAccount].map((path) =>
  createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: () => {
      throw redirect({ to: "/" });
    },
  }),
);

const workspace = createRoute({
  getParentRoute: () => root,
  path: appPaths.workspace,
  component: WorkspaceLayout,
});
const inWorkspace = <P extends string>(path: P, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => workspace, path, component });

const tasks: TaskSlots = { TaskPeek, CreateTaskDialog };
const InboxScreen = lazy(() => import("@/features/inbox/inbox-screen.tsx"));
const ActivityScreen = lazy(() => import("@/features/activity/activity-screen.tsx"));
const Activity = () => (
  <Suspense fallback={null}>
    <ActivityScreen />
  </Suspense>
);
const BoardThenScreen = lazy(() => import("@/features/board-then/board-then-screen.tsx"));
const BoardThen = () => (
  <Suspense fallback={null}>
    <BoardThenScreen />
  </Suspense>
);
const MyWork = () => <MyWorkScreen TaskPeek={TaskPeek} />;

const tree = root.addChildren([
  home,
  newWorkspace,
  join,
  confirmEmail,
  newAddress,
  undoAddress,
  signInApp,
  instance,
  quickAdd,
  ...doors,
  workspace.addChildren([
    inWorkspace("/", MyWork),
    inWorkspace("/my-work", MyWork),
    inWorkspace("/inbox", () => (
      <Suspense fallback={null}>
        <InboxScreen TaskPeek={TaskPeek} />
      </Suspense>
    )),
    inWorkspace("/activity", Activity),
    inWorkspace("/p/$projectKey/activity", Activity),
    inWorkspace("/p/$projectKey/as-of", BoardThen),
    inWorkspace("/d/$documentId/activity", Activity),
    inWorkspace("/search", SearchScreen),
    inWorkspace("/members", MembersScreen),
    inWorkspace("/new-project", NewProjectScreen),
    inWorkspace("/settings", SettingsScreen),
    inWorkspace("/p/$projectKey/board", () => <BoardScreen {...tasks} />),
    inWorkspace("/p/$projectKey/list", () => <ListScreen {...tasks} />),
    inWorkspace("/p/$projectKey/settings", ProjectSettingsScreen),
    inWorkspace("/p/$projectKey/import", ImportScreen),
    inWorkspace("/p/$projectKey/files", FilesScreen),
    inWorkspace("/task/$taskKey", TaskScreen),
    inWorkspace("/documents", DocumentsScreen),
    inWorkspace("/bin", TrashScreen),
    inWorkspace("/d/$documentId", DocumentScreen),
  ]),
]);

/** A route outside the list would be answered by the server: it is named here and does not compile. */
type Unlisted = Exclude<RouteIds<typeof tree>, CoveredPath | "__root__">;
type Listed = [Unlisted] extends [never] ? unknown : Unlisted;

export const router = createRouter({ routeTree: tree satisfies Listed, defaultPreload: false });

router.subscribe("onBeforeLoad", ({ fromLocation }) => noteScroll(fromLocation?.state.__TSR_key));

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
