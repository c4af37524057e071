import { Section } from "@/ui/layout/section.tsx";
import { SaveArchive } from "./save-archive.tsx";

/** Everything of a workspace, for its owners: to be kept, or to become an equal one on another server. */
export function ExportWorkspace({ workspaceId }: { workspaceId: string }) {
  return (
    <Section
      title="Export everything"
      lead="A ZIP file with all of this workspace, also what is private: tasks, documents, comments, history, files and people. Another Guildhall can import it as an equal workspace. It holds no passwords or sign-ins."
    >
      <SaveArchive
        label="Export everything"
        progress="Collecting the workspace"
        fileName="Guildhall workspace.zip"
        ask={({ exports }) => exports.askForWorkspace.mutate({ workspaceId })}
      />
    </Section>
  );
}
