import { starters } from "@guildhall/document-model/starters";
import { useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import type { TreeCommands, TreeParts } from "@/entities/documents/menu/tree-parts.ts";
import { placeKey } from "@/entities/documents/menu/tree-places.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { useDocumentMutations } from "@/entities/documents/sync/use-document-mutations.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { appLinkTo, linkTo } from "@/platform/links.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import type { Undoable } from "@/sync/undo.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { copyText } from "@/ui/controls/copy-text.ts";
import { notify } from "@/ui/overlays/toast.ts";

export function useCreateCommands(parts: TreeParts): TreeCommands {
  const mutations = useDocumentMutations();
  const { connection, undo } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  const router = useRouter();
  return useMemo((): TreeCommands => {
    const go = (id: string) => router.history.push(paths.document(workspaceId, id));
    const tell = (title: string, step: Undoable) =>
      notify({ title, onUndo: () => undo.undo(step) });
    return {
      show: ({ id }) => go(id),
      showActivity: ({ id }) => router.history.push(paths.documentActivity(workspaceId, id)),
      create(kind, spot, how) {
        const id = mutations.create({ kind, ...spot });
        parts.setOpen(placeKey(spot), true);
        if (how === "open") go(id);
        else parts.renaming.set({ id, isNew: true });
        return id;
      },
      fromStarter(starter, spot) {
        const { title, icon } = starters[starter];
        const id = mutations.create({ kind: "document", title, icon, starter, ...spot });
        parts.setOpen(placeKey(spot), true);
        go(id);
      },
      async fromTemplate({ id: templateId, ...template }, spot) {
        const id = uuidv7();
        const of = uuidv7();
        const input = { templateId, id, ...spot, mutationId: of };
        await connection.client.documents.createFromTemplate.mutate(input).then((row) => {
          mutations.made(`New from “${nameOf(template)}”`, { of, row });
          parts.setOpen(placeKey(spot), true);
          go(id);
        }, reportFailure("Couldn't create the document"));
      },
      rename(row, title) {
        if (title.trim() !== row.title) mutations.rename(row, title.trim());
      },
      setIcon: (row, icon) => void mutations.setIcon(row, icon),
      move(row, place) {
        mutations.move(row, place);
        if (place.parentId) parts.setOpen(place.parentId, true);
      },
      async duplicate(row) {
        const copyId = uuidv7();
        const of = uuidv7();
        const input = { id: row.id, copyId, withBelow: true, mutationId: of };
        await connection.client.documents.duplicate.mutate(input).then((copy) => {
          const step = mutations.made(`Copy of “${nameOf(row)}”`, { of, row: copy });
          tell(`Duplicated “${nameOf(row)}”`, step);
          parts.current.set({ id: copyId, wantsFocus: true });
        }, reportFailure("Couldn't duplicate the document"));
      },
      setFavourite: (row, isFavourite) => void mutations.setFavourite(row, isFavourite),
      setTemplate(row, isTemplate) {
        const step = mutations.setTemplate(row, isTemplate);
        tell(
          isTemplate
            ? `Saved “${nameOf(row)}” as a template`
            : `Removed “${nameOf(row)}” from templates`,
          step,
        );
      },
      archive: (row) => void tell(`“${nameOf(row)}” archived`, mutations.archive(row)),
      restore: (row) => void tell(`Unarchived “${nameOf(row)}”`, mutations.restore(row)),
      remove(row) {
        tell(`Moved “${nameOf(row)}” to the bin`, mutations.remove(row));
        const isHere = router.state.location.pathname === paths.document(workspaceId, row.id);
        if (isHere) router.history.push(paths.documents(workspaceId));
      },
      async copyLink(row) {
        await copyText(await linkTo(paths.document(workspaceId, row.id)));
        notify({ title: `Link to “${nameOf(row)}” copied` });
      },
      async copyAppLink(row) {
        await copyText(await appLinkTo(paths.document(workspaceId, row.id)));
        notify({ title: `Link to “${nameOf(row)}” for the app copied` });
      },
    };
  }, [mutations, connection, undo, workspaceId, router, parts]);
}
