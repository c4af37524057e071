import type { notificationKinds, RouterInputs, RouterOutputs } from "@guildhall/api/client";
import { Checkbox } from "@/ui/controls/checkbox.tsx";

type Settings = RouterOutputs["notifications"]["settings"];
type Channel = Settings["channels"][number];
type Kinds = typeof notificationKinds;
type Kind = keyof Kinds;

type Props = {
  kinds: Kinds;
  /** Those that this server can send by. */
  channels: readonly Channel[];
  settings: Settings["settings"];
  /** Null: the whole workspace. */
  projectId: string | null;
  onChange: (settings: RouterInputs["notifications"]["setSettings"]["settings"]) => void;
};

const channelNames: Record<Channel, string> = { app: "In app", mail: "Email", push: "Push" };

/** Kinds in lines, channels in columns. */
export function KindsTable({ kinds, channels, settings, projectId, onChange }: Props) {
  const find = (kind: Kind, channel: Channel, place: string | null) =>
    settings.find((s) => s.kind === kind && s.channel === channel && s.projectId === place)?.isOn;
  /** As it is where nothing is said of it. */
  const inherited = (kind: Kind, channel: Channel) => {
    const own: readonly string[] = kinds[kind].channels;
    const byItself = own.includes(channel);
    return projectId ? (find(kind, channel, null) ?? byItself) : byItself;
  };
  const toggle = (kind: Kind, channel: Channel, isOn: boolean) =>
    onChange([{ kind, channel, isOn: isOn === inherited(kind, channel) ? null : isOn }]);
  return (
    <table className="w-full rounded-panel border bg-surface text-13">
      <thead>
        <tr className="border-b text-left text-12 text-muted">
          <th scope="col" className="px-3 py-2 font-medium">
            When
          </th>
          {channels.map((channel) => (
            <th key={channel} scope="col" className="w-20 px-2 py-2 text-center font-medium">
              {channelNames[channel]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {(Object.keys(kinds) as Kind[]).map((kind) => (
          <tr key={kind}>
            <th scope="row" className="px-3 py-2 text-left font-normal">
              {kinds[kind].label}
            </th>
            {channels.map((channel) => (
              <td key={channel} className="px-2 py-2 text-center align-middle">
                <Checkbox
                  label={`${kinds[kind].label}: ${channelNames[channel]}`}
                  checked={find(kind, channel, projectId) ?? inherited(kind, channel)}
                  onCheckedChange={(isOn) => toggle(kind, channel, isOn)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
