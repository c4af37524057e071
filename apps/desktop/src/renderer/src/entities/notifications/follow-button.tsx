import { Bell, BellOff } from "lucide-react";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import type { Followed } from "./sync/follow-view.ts";
import { useFollow } from "./sync/use-follow.ts";

type Props = {
  about: Followed;
  /** The server has it, so that it can be asked. */
  isKnown?: boolean;
  /** The heading under which the sheet of keys lists it. */
  group: string;
};

/** Whether one is told of what happens to a thing: follow it, or mute it. */
export function FollowButton({ about, isKnown = true, group }: Props) {
  const { follow, set } = useFollow(about, isKnown);
  const { undo } = useSyncClient();
  const isFollowing = follow?.isFollowing ?? false;
  const label = isFollowing ? "Mute" : "Follow";
  function toggle() {
    const step = set(isFollowing ? "mute" : "follow");
    notify({ title: isFollowing ? "Muted" : "Following", onUndo: () => undo.undo(step) });
  }
  useShortcut({ keys: follow ? "shift+f" : null, label, group }, toggle);
  return (
    <IconButton
      label={label}
      keys="shift+f"
      icon={isFollowing ? <Bell size={15} /> : <BellOff size={15} />}
      disabled={!follow}
      onClick={toggle}
    />
  );
}
