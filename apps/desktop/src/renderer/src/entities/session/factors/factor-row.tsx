import type { ReactNode } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

type Props = {
  icon: ReactNode;
  name: string;
  /** Behind the name. */
  badge?: ReactNode;
  createdAt: Date;
  lastUsedAt: Date | null;
  onRemove: () => void;
  isRemoving: boolean;
  /** Before "Remove". */
  commands?: ReactNode;
};

export function FactorRow(props: Props) {
  const { icon, name, badge, createdAt, lastUsedAt, onRemove, isRemoving, commands } = props;
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <span className="shrink-0 text-muted" aria-hidden="true">
        {icon}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {badge}
        </p>
        <p className="text-12 text-muted">
          Added <RelativeTime at={createdAt} />,{" "}
          {lastUsedAt ? (
            <>
              last used <RelativeTime at={lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
        </p>
      </div>
      {commands}
      <Button variant="ghost" busy={isRemoving} onClick={onRemove} aria-label={`Remove ${name}`}>
        Remove
      </Button>
    </li>
  );
}
