import { activityRouter } from "./activity/router.ts";
import { auditRouter } from "./audit/router.ts";
import { factorsRouter } from "./auth/factors/router.ts";
import { authRouter } from "./auth/router.ts";
import { tokensRouter } from "./auth/tokens/tokens-router.ts";
import { changesRouter } from "./changes/router.ts";
import { commentsRouter, reactionsRouter } from "./comments/router.ts";
import { threadsRouter } from "./comments/threads-router.ts";
import { router } from "./core/trpc.ts";
import { linkProcedures } from "./document-links/procedures.ts";
import { versionProcedures } from "./document-versions/procedures.ts";
import { documentProcedures } from "./documents/router.ts";
import { exportsRouter } from "./exports/router.ts";
import { filesRouter } from "./files/router.ts";
import { importsRouter } from "./imports/router.ts";
import { aboutRouter } from "./instance/about-router.ts";
import { instanceRouter } from "./instance/router.ts";
import { pushesRouter } from "./notifications/push/router.ts";
import { followsRouter, notificationsRouter } from "./notifications/router.ts";
import { offlineRouter } from "./offline/router.ts";
import { providersRouter } from "./oidc/router.ts";
import { picturesRouter } from "./pictures/router.ts";
import { presenceRouter } from "./presence/router.ts";
import { labelsRouter, projectsRouter, statusesRouter } from "./projects/router.ts";
import { searchRouter } from "./search/router.ts";
import { checklistsRouter } from "./tasks/checklists/router.ts";
import { tasksRouter } from "./tasks/router.ts";
import { groupsRouter } from "./workspaces/groups/router.ts";
import { invitationsRouter, membersRouter, workspacesRouter } from "./workspaces/router.ts";

export const appRouter = router({
  auth: authRouter,
  factors: factorsRouter,
  tokens: tokensRouter,
  providers: providersRouter,
  workspaces: workspacesRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  groups: groupsRouter,
  pictures: picturesRouter,
  projects: projectsRouter,
  statuses: statusesRouter,
  labels: labelsRouter,
  tasks: tasksRouter,
  checklists: checklistsRouter,
  comments: commentsRouter,
  threads: threadsRouter,
  reactions: reactionsRouter,
  documents: router({ ...documentProcedures, ...linkProcedures, ...versionProcedures }),
  files: filesRouter,
  search: searchRouter,
  offline: offlineRouter,
  changes: changesRouter,
  presence: presenceRouter,
  imports: importsRouter,
  exports: exportsRouter,
  notifications: notificationsRouter,
  follows: followsRouter,
  pushes: pushesRouter,
  activity: activityRouter,
  instance: instanceRouter,
  about: aboutRouter,
  audit: auditRouter,
});

export type AppRouter = typeof appRouter;
