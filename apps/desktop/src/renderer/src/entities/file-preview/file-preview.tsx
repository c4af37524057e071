/**
 * Files, looked at without leaving: one after the other, by arrows. What cannot be shown safely is
 * offered to be saved; nothing of a file ever runs.
 */
import { Dialog as Base } from "@base-ui/react/dialog";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import type { FileRow } from "@/entities/files/file.ts";
import { FileMenu } from "@/entities/files/file-menu.tsx";
import { FileName } from "@/entities/files/file-name.tsx";
import { addressOf, saveFile, useFileAddress } from "@/entities/files/file-url.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { Loading } from "./loading.tsx";
import { NoPreview } from "./no-preview.tsx";

/** With all that draws files: fetched when the first is opened. */
const FileContent = lazy(() => import("./file-content.tsx"));

type Props = {
  files: readonly FileRow[];
  /** Null: nothing is looked at. */
  shownId: string | null;
  readOnly: boolean;
  onShow: (id: string | null) => void;
};

export function FilePreview({ files, shownId, readOnly, onShow }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const at = files.findIndex(({ id }) => id === shownId);
  const file = files[at];
  // Somebody has deleted it meanwhile.
  const isGone = shownId !== null && !file;
  useEffect(() => {
    if (isGone) onShow(null);
  }, [isGone, onShow]);

  const go = (by: number) => {
    const next = files[at + by];
    if (!next) return;
    onShow(next.id);
    popup.current?.focus();
  };
  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const isFree = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
    const isUsed = event.target instanceof Element && event.target.closest("[data-uses-arrows]");
    if (by && isFree && !isUsed) go(by);
  }

  return (
    <Base.Root open={file !== undefined} onOpenChange={(isOpen) => !isOpen && onShow(null)}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup
          ref={popup}
          initialFocus={popup}
          onKeyDown={onKeyDown}
          className="popup fixed inset-2 z-30 flex flex-col overflow-hidden md:inset-5"
        >
          {file && (
            <>
              <Header {...{ file, readOnly }}>
                {files.length > 1 && <Turns at={at} count={files.length} onTurn={go} />}
              </Header>
              <div className="relative flex min-h-0 flex-1 border-t bg-inset">
                <Shown key={`${file.id} ${file.version}`} file={file} />
              </div>
            </>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

type HeaderProps = { file: FileRow; readOnly: boolean; children: ReactNode };

function Header({ file, readOnly, children }: HeaderProps) {
  const address = useFileAddress(file.id);
  return (
    <header className="flex h-13 shrink-0 items-center gap-2 pr-3 pl-4">
      <div className="min-w-0 flex-1">
        <Base.Title className="font-medium text-14">
          <FileName name={file.name} />
        </Base.Title>
        <Base.Description className="truncate text-12 text-muted tabular-nums">
          {formatBytes(file.size)}
          {file.version > 1 && ` · version ${file.version}`} · <RelativeTime at={file.changedAt} />
        </Base.Description>
      </div>
      {children}
      <IconButton
        label="Download"
        icon={<Download size={16} />}
        disabled={!address}
        onClick={() => address && saveFile(address, file.name)}
      />
      <FileMenu file={file} readOnly={readOnly} />
      <Base.Close render={<IconButton label="Close" keys="escape" icon={<X size={16} />} />} />
    </header>
  );
}

function Shown({ file }: { file: FileRow }) {
  const address = useFileAddress(file.id);
  if (file.size === 0) return <NoPreview file={file}>This file is empty.</NoPreview>;
  if (!address) return <Loading />;
  // Named by its version: a newer one is another picture.
  return (
    <Suspense fallback={<Loading />}>
      <FileContent file={file} address={addressOf(address, { version: file.version })} />
    </Suspense>
  );
}

type TurnsProps = { at: number; count: number; onTurn: (by: number) => void };

function Turns({ at, count, onTurn }: TurnsProps) {
  return (
    <div className="mr-2 flex items-center gap-0.5 border-r pr-3 text-12 text-muted tabular-nums">
      <IconButton
        label="Previous file"
        keys="arrowleft"
        icon={<ChevronLeft size={16} />}
        disabled={at === 0}
        onClick={() => onTurn(-1)}
      />
      <span className="px-1">
        {at + 1} of {count}
      </span>
      <IconButton
        label="Next file"
        keys="arrowright"
        icon={<ChevronRight size={16} />}
        disabled={at === count - 1}
        onClick={() => onTurn(1)}
      />
    </div>
  );
}
