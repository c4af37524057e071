import { CircleAlert, CloudCheck, CloudDownload } from "lucide-react";
import { useObservable } from "@/lib/observable.ts";
import { Tooltip } from "@/ui/overlays/tooltip.tsx";
import { type OfflinePlace, offlinePlaces } from "./places/offline-places.ts";
import { type Place, placeKey } from "./store/stored.ts";

const words: Record<OfflinePlace["state"], string> = {
  ready: "Available offline",
  reading: "Being stored on this device",
  fetching: "Being stored on this device",
  full: "Not all of it fits within the limit for this device",
  problem: "Not all of it could be stored on this device",
};

export function useOfflinePlace(place: Place): OfflinePlace | undefined {
  const key = placeKey(place);
  return useObservable(offlinePlaces)?.find((each) => each.key === key);
}

/** Beside the name of what is kept on this device; nothing for all else. */
export function OfflineSign({ place }: { place: Place }) {
  const stored = useOfflinePlace(place);
  if (!stored) return null;
  const { state } = stored;
  const Icon =
    state === "ready"
      ? CloudCheck
      : state === "reading" || state === "fetching"
        ? CloudDownload
        : CircleAlert;
  return (
    <Tooltip label={words[state]}>
      <span
        role="img"
        aria-label={words[state]}
        className="grid shrink-0 place-items-center text-muted"
      >
        <Icon size={14} aria-hidden="true" />
      </span>
    </Tooltip>
  );
}
