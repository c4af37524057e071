import { useState } from "react";
import { useServers } from "@/entities/servers/use-servers.ts";
import { formatNumber } from "@/lib/locale.ts";
import { platform } from "@/platform/platform.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";
import type { MovedWorkspace } from "../../../../../shared/local.ts";

/** From a workspace on this computer: all of it becomes an equal one on a server, and stays here. */
export function MoveToServer() {
  const servers = useServers();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [moved, setMoved] = useState<MovedWorkspace[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isHere = servers.some(({ kind, isOwn }) => kind === "local" && isOwn);
  const targets = servers.filter(({ kind, isSignedIn }) => kind === "server" && isSignedIn);
  const target = targets.find(({ id }) => id === chosen) ?? targets[0];
  if (!isHere || !platform.local) return null;

  async function move(id: string) {
    setBusy(true);
    setProblem(null);
    try {
      setMoved((await platform.local?.move(id)) ?? null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  }

  return (
    <Section
      title="Move to a server"
      lead="Everything in your workspaces on this computer is copied to a server, with its history and files. What's here stays until you remove it under Servers."
    >
      <div className="grid gap-3">
        {problem && <ErrorNotice title="Nothing was moved">{problem}</ErrorNotice>}
        {moved && (
          <ul aria-label="Moved" className="grid gap-1 text-13">
            {moved.map(({ id, name, counts, bytes }) => (
              <li key={id}>
                <span className="font-medium">{name}</span> is on the server:{" "}
                {Object.entries(counts)
                  .map(([what, count]) => `${formatNumber(count)} ${what}`)
                  .join(", ")}
                , {formatBytes(bytes)} of files.
              </li>
            ))}
          </ul>
        )}
        {target ? (
          <div className="flex flex-wrap items-center gap-2">
            <Select
              label="Server"
              value={target.id}
              options={targets.map(({ id, label }) => ({ value: id, label }))}
              onValueChange={setChosen}
            />
            <Button variant="primary" busy={isBusy} onClick={() => void move(target.id)}>
              Move to {target.label}
            </Button>
          </div>
        ) : (
          <p className="text-13 text-muted">
            Add a server under Servers and sign in to it first; then move here.
          </p>
        )}
      </div>
    </Section>
  );
}
