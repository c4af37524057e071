import { Outlet, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { PeoplePictures } from "@/entities/pictures/people-pictures.tsx";
import { PresenceContext, useOpenPresence } from "@/entities/presence/use-presence.ts";
import { lastWorkspace } from "@/entities/workspaces/last-workspace.ts";
import { useOpenWorkspace, WorkspaceContext } from "@/entities/workspaces/use-workspace.ts";
import type { Member } from "@/entities/workspaces/workspace.ts";
import { WorkspaceFailed } from "@/features/workspace/workspace-failed.tsx";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { LostWorkspace } from "./lost-workspace.tsx";
import { WorkspaceShell } from "./workspace-shell.tsx";
import { WorkspaceSkeleton } from "./workspace-skeleton.tsx";

export function WorkspaceLayout() {
  const { workspaceId } = useParams({ from: "/w/$workspaceId" });
  return <OpenWorkspace key={workspaceId} workspaceId={workspaceId} />;
}

function OpenWorkspace({ workspaceId }: { workspaceId: string }) {
  const { workspace, error, retry, lost, reopen } = useOpenWorkspace(workspaceId);
  const isLost = lost !== null || isRefused(error);
  const isOpen = workspace !== undefined && !isLost;
  const presence = useOpenPresence(workspaceId, isOpen);

  useEffect(() => {
    if (isOpen) lastWorkspace.write(workspaceId);
  }, [isOpen, workspaceId]);

  if (isLost) {
    return <LostWorkspace workspaceId={workspaceId} name={workspace?.name} onBack={reopen} />;
  }
  if (workspace) {
    return (
      <WorkspaceContext value={workspace}>
        <PresenceContext value={presence}>
          <PeoplePictures people={workspace.members.map(asPictured)}>
            <WorkspaceShell>
              <Outlet />
            </WorkspaceShell>
          </PeoplePictures>
        </PresenceContext>
      </WorkspaceContext>
    );
  }
  if (error) return <WorkspaceFailed onRetry={() => retry()}>{formatError(error)}</WorkspaceFailed>;
  return <WorkspaceSkeleton />;
}

/** A mistyped address is `bad_input`: for the person it is the same as a workspace that is not there. */
function isRefused(error: unknown): boolean {
  const reason = errorReason(error);
  return reason === "not_found" || reason === "bad_input" || reason === "second_factor_needed";
}

const asPictured = ({ userId, pictureKey }: Member) => ({ id: userId, pictureKey });
