import { useEffect, useState } from "react";
import { type Desktop, platform } from "@/platform/platform.ts";
import { Select } from "@/ui/controls/select.tsx";
import { Switch } from "@/ui/controls/switch.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { KeyField } from "./key-field.tsx";
import { SpellLanguages } from "./spell-languages.tsx";

type State = Awaited<ReturnType<Desktop["getDesktop"]>>;
type Changes = Parameters<Desktop["setDesktop"]>[0];

/** What is set of the app on this computer; there is none of it in a browser. */
export default function DesktopTab() {
  const { desktop } = platform;
  const [state, setState] = useState<State | null>(null);
  useEffect(() => {
    desktop?.getDesktop().then(setState, tell);
  }, [desktop]);
  if (!desktop || !state) return <Skeleton width="100%" height={320} />;
  const set = (changes: Changes) => void desktop.setDesktop(changes).then(setState, tell);
  return (
    <>
      <Window state={state} set={set} />
      <QuickAdd state={state} set={set} />
      <SpellLanguages state={state} set={set} />
      <Zoom state={state} set={set} />
    </>
  );
}

const tell = (error: unknown) =>
  notify({
    title: "Couldn't change the app's settings",
    description: error instanceof Error ? error.message : String(error),
    tone: "failed",
  });

type Props = { state: State; set: (changes: Changes) => void };

function Window({ state: { settings }, set }: Props) {
  const isMac = platform.os === "mac";
  return (
    <Section title="Desktop app" lead="Applies to this computer only.">
      <div className="grid gap-4">
        <Switch
          label="Notifications"
          hint="Your computer shows what's new while another program is in front. What you're notified about, and when it's quiet, is set under Notifications."
          checked={settings.notifies}
          onCheckedChange={(notifies) => set({ notifies })}
        />
        <Switch
          label="Open at login"
          hint="Guildhall starts in the background when you sign in to your computer."
          checked={settings.opensAtLogin}
          onCheckedChange={(opensAtLogin) => set({ opensAtLogin })}
        />
        <Switch
          label="Keep running when the last window is closed"
          hint="You're still notified, and what waits is sent."
          checked={settings.staysOpen}
          onCheckedChange={(staysOpen) => set({ staysOpen })}
        />
        <Switch
          label={isMac ? "Show in the menu bar" : "Show in the system tray"}
          checked={settings.tray}
          onCheckedChange={(tray) => set({ tray })}
        />
      </div>
    </Section>
  );
}

const STANDARD_KEY = "CommandOrControl+Shift+Space";

function QuickAdd({ state: { settings, quickAddProblem }, set }: Props) {
  const isOn = settings.quickAddKey !== null;
  return (
    <Section title="Quick add" lead="Write down a task from any program, also without a network.">
      <div className="grid gap-4">
        <Switch
          label="Keyboard shortcut"
          checked={isOn}
          onCheckedChange={(on) => set({ quickAddKey: on ? STANDARD_KEY : null })}
        />
        {settings.quickAddKey !== null && (
          <KeyField
            label="Shortcut"
            value={settings.quickAddKey}
            problem={quickAddProblem}
            onChange={(quickAddKey) => set({ quickAddKey })}
          />
        )}
      </div>
    </Section>
  );
}

const percents = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200];

function Zoom({ state: { zoom }, set }: Props) {
  const offered = [...new Set([...percents, zoom])].toSorted((a, b) => a - b);
  return (
    <Section title="Zoom" lead="How large everything is shown, in all windows of this account.">
      <Select
        label="Zoom"
        value={String(zoom)}
        options={offered.map((percent) => ({ value: String(percent), label: `${percent} %` }))}
        onValueChange={(percent) => set({ zoom: Number(percent) })}
      />
    </Section>
  );
}
