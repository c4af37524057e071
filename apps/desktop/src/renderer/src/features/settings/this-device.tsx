import { useState } from "react";
import { type DevicePush, useDevicePush } from "@/entities/notifications/device-push.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { Switch } from "@/ui/controls/switch.tsx";
import { Section } from "@/ui/layout/section.tsx";

const words: Record<DevicePush, string> = {
  unsupported:
    "This app can't notify you while it's closed. Open Guildhall over https in a browser that supports notifications; on an iPhone or iPad, add it to the Home Screen first.",
  denied:
    "Notifications from this site are blocked. Allow them in your browser's site settings, then turn this on.",
  off: "You're notified only while Guildhall is open.",
  on: "You're notified on this device even when Guildhall is closed.",
};

/** Whether one is told here while the app is closed. */
export function ThisDevice() {
  const { state, turnOn, turnOff } = useDevicePush();
  const [isBusy, setBusy] = useState(false);
  if (!state) return null;

  async function change(isOn: boolean) {
    setBusy(true);
    await (isOn ? turnOn() : turnOff()).catch(
      reportFailure(isOn ? "Couldn't turn notifications on" : "Couldn't turn notifications off"),
    );
    setBusy(false);
  }

  return (
    <Section title="This device" lead={words[state]}>
      <Switch
        label="Notify me on this device"
        checked={state === "on"}
        disabled={isBusy || state === "unsupported" || state === "denied"}
        onCheckedChange={(isOn) => void change(isOn)}
      />
    </Section>
  );
}
