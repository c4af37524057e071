import { useEffect, useState } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { platform } from "@/platform/platform.ts";
import { Section } from "@/ui/layout/section.tsx";

/** What to do with a token: the smallest script that does something. */
export function ApiSnippet() {
  const { id: workspaceId, projects } = useWorkspace();
  const [url, setUrl] = useState(window.location.origin);

  useEffect(() => {
    platform.getServerUrl().then((known) => known && setUrl(known));
  }, []);

  const project = projects.find(({ archivedAt }) => !archivedAt);
  const code = `import { createClient } from "@guildhall/api/client";

const guildhall = createClient({
  url: "${url}",
  token: process.env.GUILDHALL_TOKEN,
});

const { items } = await guildhall.tasks.list.query({
  projectId: "${project?.id ?? "…"}",${project ? ` // ${project.name}` : ""}
});
for (const task of items) console.log(task.key, task.title);

guildhall.changes.onChange.subscribe(
  { workspaceId: "${workspaceId}" },
  { onData: ({ data }) => console.log(data) },
);`;

  return (
    <Section
      title="The API"
      lead="Scripts can do everything the app does, with the same types: rename a field on the server and the script no longer compiles."
    >
      <pre className="overflow-x-auto rounded-panel border bg-inset p-3 font-mono text-12 leading-[18px]">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
        <code tabIndex={0}>{code}</code>
      </pre>
      <p className="mt-2 text-12 text-muted">
        The folder <code className="font-mono">examples/</code> in Guildhall's source has complete
        scripts: one imports a file, another follows changes.
      </p>
    </Section>
  );
}
