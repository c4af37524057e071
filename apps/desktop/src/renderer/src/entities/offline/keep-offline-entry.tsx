import { CloudDownload, CloudOff } from "lucide-react";
import { reportFailure } from "@/sync/report-failure.ts";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { keepOffline, removeOffline } from "./offline-copy.ts";
import { type OfflinePlace, offlinePlaces } from "./places/offline-places.ts";
import { type Place, placeKey } from "./store/stored.ts";

type Named = Place & { workspaceId: string; name: string };

/** In the menu of a project, a document or a folder. */
export function keepOfflineEntry(
  place: Named,
  places: readonly OfflinePlace[] | null = offlinePlaces.get(),
): MenuEntry {
  const key = placeKey(place);
  if (places?.some((each) => each.key === key)) {
    return {
      label: "Remove from this device",
      icon: <CloudOff size={14} />,
      onSelect: () =>
        void removeOffline([key]).then(
          () => notify({ title: `“${place.name}” is no longer kept offline` }),
          reportFailure("Couldn't remove it from this device"),
        ),
    };
  }
  return {
    label: "Keep offline",
    icon: <CloudDownload size={14} />,
    onSelect: () =>
      void keepOffline(place).then(
        () => notify({ title: `“${place.name}” will be available offline on this device` }),
        reportFailure("Couldn't keep it on this device"),
      ),
  };
}
