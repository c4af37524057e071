import { Bookmark } from "lucide-react";
import type { DocumentVersion } from "@/entities/documents/sync/document.ts";
import { cx } from "@/ui/format/cx.ts";
import { VersionTime } from "./version-time.tsx";
import { Writers } from "./writers.tsx";

type Props = { version: DocumentVersion; isShown: boolean; onShow: () => void };

export function VersionRow({ version, isShown, onShow }: Props) {
  return (
    <li>
      <button
        type="button"
        aria-current={isShown}
        onClick={onShow}
        className={cx(
          "block w-full rounded-control px-2 py-1.5 text-left hover:bg-hover",
          isShown && "bg-active",
        )}
      >
        {version.name ? (
          <span className="flex items-center gap-1.5 text-13">
            <Bookmark size={13} className="shrink-0 fill-accent text-accent" aria-label="Named" />
            <span dir="auto" className="min-w-0 truncate font-medium">
              {version.name}
            </span>
            <span className="ml-auto shrink-0 text-12 text-muted">
              <VersionTime version={{ ...version, startedAt: version.createdAt }} />
            </span>
          </span>
        ) : (
          <span className="text-13">
            <VersionTime version={version} />
          </span>
        )}
        <Writers ids={version.authorIds} />
      </button>
    </li>
  );
}
