import { lazy, Suspense, use, useState } from "react";
import { WithServerFactor } from "@/entities/session/factors/with-server-factor.tsx";
import { useWorkspaceList } from "@/entities/workspaces/use-workspace-list.ts";
import { paths } from "@/lib/paths.ts";
import { Link, NavigateContext } from "@/ui/controls/link.tsx";
import { FirstProject } from "./first-project.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { NameWorkspace } from "./name-workspace.tsx";

const ImportWorkspace = lazy(() => import("./import-workspace.tsx"));

type Made = { workspaceId: string; name: string; projectKey?: string };

/** The way from nothing to a board: a workspace, its first project, the first tasks. */
export const NewWorkspaceScreen = () => (
  <WithServerFactor>
    <Steps />
  </WithServerFactor>
);

function Steps() {
  const { workspaces } = useWorkspaceList();
  const [made, setMade] = useState<Made | null>(null);
  const [isImport, setImport] = useState(false);
  const navigate = use(NavigateContext);
  const before = workspaces?.filter(({ id }) => id !== made?.workspaceId) ?? [];

  if (isImport) {
    return (
      <Suspense>
        <ImportWorkspace
          onBack={() => setImport(false)}
          onDone={(id) => navigate?.(paths.workspace(id))}
        />
      </Suspense>
    );
  }
  if (!made) {
    const [first] = before;
    return (
      <NameWorkspace
        onMade={({ id, name }) => setMade({ workspaceId: id, name })}
        isFirst={!first}
        onImport={() => setImport(true)}
        back={first && <Link href={paths.home()}>Back to {first.name}</Link>}
      />
    );
  }
  if (!made.projectKey) {
    return <FirstProject {...made} onMade={({ key }) => setMade({ ...made, projectKey: key })} />;
  }
  return <FirstSteps {...made} projectKey={made.projectKey} />;
}
