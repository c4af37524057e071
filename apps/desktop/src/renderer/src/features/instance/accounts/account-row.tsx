import { Ellipsis } from "lucide-react";
import { useMe } from "@/sync/use-sync-client.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { formatBytes, formatCount } from "@/ui/format/format-count.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import {
  type Account,
  type AccountCommand,
  accountCommandNames,
  accountCommands,
} from "./account-commands.ts";

type Props = { account: Account; onAsk: (command: AccountCommand) => void };

export function AccountRow({ account, onAsk }: Props) {
  const isMe = useMe().id === account.id;
  const commands = accountCommandNames.filter((command) =>
    accountCommands[command].isFor(account, isMe),
  );
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <Avatar person={account} size={32} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 truncate font-medium">{account.name}</span>
          {isMe && <Badge>You</Badge>}
          {account.isAdministrator && <Badge tone="accent">Administrator</Badge>}
          {account.deactivatedAt && <Badge tone="danger">Deactivated</Badge>}
          {account.closedAt && <Badge>Closed</Badge>}
        </p>
        <p className="truncate text-12 text-muted">{account.email}</p>
        <p className="text-12 text-muted">
          {account.lastUsedAt ? (
            <>
              Last used <RelativeTime at={account.lastUsedAt} />
            </>
          ) : (
            <>
              Joined <RelativeTime at={account.createdAt} />
            </>
          )}
          {" · "}
          {formatCount(account.workspaces, "workspace")}
          {!account.deactivatedAt && ` · ${formatCount(account.sessions, "session")}`}
          {account.bytes > 0 && ` · ${formatBytes(account.bytes)}`}
          {` · ${account.hasSecondFactor ? "second factor" : "no second factor"}`}
        </p>
      </div>
      {commands.length > 0 && (
        <Menu
          align="end"
          trigger={<IconButton label={`${account.name} options`} icon={<Ellipsis size={15} />} />}
          entries={commands.map((command) => ({
            label: accountCommands[command].label,
            danger: accountCommands[command].isDanger,
            onSelect: () => onAsk(command),
          }))}
        />
      )}
    </li>
  );
}
