import { CloudDownload, FileText, Folder } from "lucide-react";
import { useEffect, useState } from "react";
import { removeOffline, retryOffline, setOfflineLimit } from "@/entities/offline/offline-copy.ts";
import {
  type OfflinePlace,
  offlineLimit,
  offlineLimits,
  offlinePlaces,
} from "@/entities/offline/places/offline-places.ts";
import { useObservable } from "@/lib/observable.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { formatBytes, formatCount } from "@/ui/format/format-count.ts";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";

/** What is kept on this device, how much of it there is, and how much there may be. */
export default function OfflineTab() {
  const places = useObservable(offlinePlaces);
  const [isAsking, setAsking] = useState(false);
  const clear = () => {
    setAsking(false);
    void removeOffline().catch(reportFailure("Couldn't remove everything from this device"));
  };
  return (
    <>
      <Section
        title="Available offline"
        lead="Projects, folders and documents that are stored on this device with their tasks, texts, comments and files. Choose “Keep offline” in the menu of each."
        command={
          places && places.length > 0 && <Button onClick={() => setAsking(true)}>Clear…</Button>
        }
      >
        {!places && <Skeleton width="100%" height={56} />}
        {places?.length === 0 && (
          <p className="flex items-center gap-2 text-13 text-muted">
            <CloudDownload size={16} aria-hidden="true" />
            Nothing is kept on this device yet. What you opened lately is there without a network
            too.
          </p>
        )}
        {places && places.length > 0 && (
          <Rows label="Available offline">
            {places.map((place) => (
              <PlaceRow key={place.key} place={place} />
            ))}
          </Rows>
        )}
      </Section>
      <Limit />
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Remove everything from this device?"
        confirmLabel="Remove from this device"
        onConfirm={clear}
      >
        It stays on the server. Changes that aren't sent yet are kept. To have it offline later, it
        has to be downloaded again.
      </AlertDialog>
    </>
  );
}

function stateOf({ state, problem, rows, left }: OfflinePlace): string {
  const rest = `${formatCount(left.count, "item")}${left.bytes ? `, ${formatBytes(left.bytes)}` : ""} left`;
  const words: Record<OfflinePlace["state"], string> = {
    ready: "Up to date",
    reading: `Reading… ${formatCount(rows, "item")} so far`,
    fetching: `Downloading… ${rest}`,
    full: `Paused: ${rest}, which is more than the limit allows`,
    problem: problem ?? "",
  };
  return words[state];
}

function PlaceRow({ place }: { place: OfflinePlace }) {
  const { key, name, kind, state, bytes } = place;
  const Icon = kind === "project" ? Folder : FileText;
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <Icon size={18} className="shrink-0 text-muted" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span dir="auto" className="truncate font-medium">
            {name}
          </span>
          <span className="shrink-0 text-12 text-muted tabular-nums">{formatBytes(bytes)}</span>
        </p>
        <p className={`text-12 ${state === "problem" ? "text-danger-ink" : "text-muted"}`}>
          {stateOf(place)}
        </p>
      </div>
      {state === "problem" && (
        <Button variant="ghost" onClick={() => void retryOffline()}>
          Try again
        </Button>
      )}
      <Button
        variant="ghost"
        aria-label={`Remove ${name} from this device`}
        onClick={() =>
          void removeOffline([key]).catch(reportFailure("Couldn't remove it from this device"))
        }
      >
        Remove from this device
      </Button>
    </li>
  );
}

function Limit() {
  const [limit, setLimit] = useState(offlineLimit);
  const [estimate, setEstimate] = useState<StorageEstimate | null>(null);
  useEffect(() => {
    // A browser may refuse to say.
    navigator.storage?.estimate?.().then(setEstimate, () => undefined);
  }, []);
  const { usage, quota } = estimate ?? {};
  function choose(value: string) {
    setLimit(Number(value));
    void setOfflineLimit(Number(value));
  }
  return (
    <Section
      title="Limit on this device"
      lead={
        usage !== undefined && quota !== undefined
          ? `Guildhall uses ${formatBytes(usage)} here; this device allows up to ${formatBytes(quota)}.`
          : "Files beyond it aren't downloaded."
      }
    >
      <Select
        label="Limit on this device"
        value={String(limit)}
        onValueChange={choose}
        options={offlineLimits.map((bytes) => ({
          value: String(bytes),
          label: `${formatBytes(bytes)} at most`,
        }))}
      />
    </Section>
  );
}
