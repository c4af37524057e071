import { platform } from "@/platform/platform.ts";
import { notify } from "@/ui/overlays/toast.ts";

type Updates = NonNullable<typeof platform.updates>;
type Servers = NonNullable<typeof platform.servers>;

let isSaid = false;

/** The server speaks otherwise than this page. What waits is on this computer, and the next page or app sends it. */
export function tellOutdated() {
  if (isSaid) return;
  isSaid = true;
  const { updates, servers } = platform;
  // A server that doesn't answer now is told otherwise.
  if (updates && servers) return void tellOfApp(updates, servers).catch(() => undefined);
  notify({
    title: "Guildhall was updated",
    description: "Reload to see what others change. Your own changes are safe.",
    command: { label: "Reload", run: () => location.reload() },
    stays: true,
  });
}

/** The app has its pages with it: not they are old, but the app, or else its server. */
async function tellOfApp(updates: Updates, servers: Servers) {
  const found = await servers.checkServer(null);
  if (found.kind === "server-too-old") {
    return notify({ title: found.title, description: found.detail, stays: true });
  }
  const words =
    found.kind === "app-too-old"
      ? { title: found.title, description: found.detail }
      : {
          title: "This app needs an update",
          description: "Until then you don't see what others change. Your own changes are safe.",
        };
  notify({
    ...words,
    command: { label: "Update", run: () => void updateNow(updates) },
    stays: true,
  });
}

async function updateNow(updates: Updates) {
  const found = await updates.check();
  if (found.kind === "ready") return updates.install();
  if (found.kind === "checking" || found.kind === "downloading") {
    return notify({ title: "The update is on its way", description: "Settings › About shows it." });
  }
  const why = found.kind === "off" || found.kind === "refused" ? found.why : null;
  notify({
    title: "There's no update for this app yet",
    description: why ?? "Ask whoever runs this server to publish one. Your changes are safe.",
  });
}
