import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { addresses } from "@/routes/addresses.ts";
import type { DocumentRow } from "../shapes.ts";
import { tellFailure } from "../tell-failure.ts";
import { useRoom } from "../use-room.ts";

/** What is done to a document's row from its own page. */
export function useDocumentVerbs() {
  const { connection } = useRoom();
  const navigate = useNavigate();
  return useMemo(
    () => ({
      rename(_: DocumentRow, __: string) {},
      setIcon(_: DocumentRow, __: string | null) {},
      /** An empty document below `parent`, and there. */
      async create({ workspaceId, id: parentId }: DocumentRow) {
        const id = uuidv7();
        await connection.client.documents.create
          .mutate({ workspaceId, parentId, id, mutationId: uuidv7() })
          .then(() => navigate({ to: addresses.document(workspaceId, id) }))
          .catch(tellFailure("The document was not made"));
      },
    }),
    [connection, navigate],
  );
}
