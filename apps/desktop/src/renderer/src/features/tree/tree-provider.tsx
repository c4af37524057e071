import { type ReactNode, useEffect, useMemo, useState } from "react";
import { TreeContext, type TreeParts, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { createObservable, useObservable } from "@/lib/observable.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { IconDialog } from "./icon-dialog.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { readOpen, writeOpen } from "./open-places.ts";
import { ShareDialog } from "./share-dialog.tsx";
import { TemplateDialog } from "./template-dialog.tsx";
import { useCreateCommands } from "./use-create-commands.ts";

/** Gives a workspace's screens what is done with its documents, and the dialogs that it needs. */
export function TreeProvider({ children }: { children: ReactNode }) {
  const { id: userId } = useMe();
  const { id: workspaceId } = useWorkspace();
  const place = `${userId}.${workspaceId}`;
  const parts = useMemo(() => makeParts(place), [place]);
  useEffect(() => parts.open.watch(() => writeOpen(place, parts.open.get())), [parts, place]);
  const commands = useCreateCommands(parts);
  const value = useMemo(() => ({ parts, commands }), [parts, commands]);
  return (
    <TreeContext value={value}>
      {children}
      <Dialogs />
    </TreeContext>
  );
}

function makeParts(place: string): TreeParts {
  const open = createObservable<ReadonlySet<string>>(readOpen(place));
  return {
    open,
    setOpen(id, isOpen) {
      if (open.get().has(id) === isOpen) return;
      const next = new Set(open.get());
      if (isOpen) next.add(id);
      else next.delete(id);
      open.set(next);
    },
    current: createObservable<ReturnType<TreeParts["current"]["get"]>>({
      id: null,
      wantsFocus: false,
    }),
    renaming: createObservable<ReturnType<TreeParts["renaming"]["get"]>>(null),
    dragged: createObservable<string | null>(null),
    dropAt: createObservable<ReturnType<TreeParts["dropAt"]["get"]>>(null),
    announcement: createObservable(""),
    dialog: createObservable<ReturnType<TreeParts["dialog"]["get"]>>(null),
  };
}

function Dialogs() {
  const { dialog } = useTreeParts();
  const asked = useObservable(dialog);
  // What was asked last stays while the dialog goes.
  const [shown, setShown] = useState(asked);
  if (asked && asked !== shown) setShown(asked);
  const close = () => dialog.set(null);
  const isOpen = (kind: NonNullable<typeof asked>["kind"]) => asked?.kind === kind;
  switch (shown?.kind) {
    case "move":
      return <MoveDialog key={shown.id} id={shown.id} open={isOpen("move")} onClose={close} />;
    case "share":
      return <ShareDialog key={shown.id} id={shown.id} open={isOpen("share")} onClose={close} />;
    case "icon":
      return <IconDialog key={shown.id} id={shown.id} open={isOpen("icon")} onClose={close} />;
    case "templates":
      return <TemplateDialog spot={shown.spot} open={isOpen("templates")} onClose={close} />;
    default:
      return null;
  }
}
