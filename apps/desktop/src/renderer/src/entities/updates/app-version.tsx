import { platform } from "@/platform/platform.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import type { UpdateState } from "../../../../shared/updates.ts";
import { useUpdate } from "./use-update.ts";

/** The desktop app's own version, beside the server's, and how it stands to its updates; nothing in a browser. */
export function AppVersion() {
  const update = useUpdate();
  const { updates, version } = platform;
  if (!updates || !update) return null;
  return (
    <Section title="This app" lead={`Version ${version}, on this computer.`}>
      <div className="flex flex-wrap items-center gap-3 text-13">
        <p role="status" className="max-w-[60ch]">
          <Said update={update} />
        </p>
        {update.kind === "ready" ? (
          <Button onClick={() => void updates.install()}>Restart to update</Button>
        ) : (
          <Button
            disabled={!["current", "refused"].includes(update.kind)}
            onClick={() => void updates.check()}
          >
            Check for updates
          </Button>
        )}
      </div>
    </Section>
  );
}

function Said({ update }: { update: UpdateState }) {
  switch (update.kind) {
    case "off":
      return `This copy doesn't update itself. ${update.why}`;
    case "current":
      if (update.checkedAt === null) return "It looks for updates by itself.";
      return (
        <>
          No update is available. Checked <RelativeTime at={new Date(update.checkedAt)} />.
        </>
      );
    case "checking":
      return "Checking for updates…";
    case "downloading":
      return `Downloading version ${update.version}: ${update.percent} %`;
    case "ready":
      return `Version ${update.version} is ready. It's installed when you quit, or now.`;
    case "refused":
      return update.why;
  }
}
