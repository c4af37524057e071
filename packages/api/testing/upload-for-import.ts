import { uuidv7 } from "uuidv7";
import type { Context } from "../src/core/context.ts";
import { invariant } from "../src/core/errors.ts";
import { receiveFile } from "../src/files/upload/receive-file.ts";

/** As PUT /files/<id>?forImport=<workspace id> does, without HTTP; the upload's id. */
export async function uploadForImport(context: Context, forImport: string, file: File) {
  const actor = invariant(await context.findActor(), "somebody is signed in");
  const { id } = await receiveFile(
    { ...context, actor },
    { id: uuidv7(), name: file.name, forImport },
    { announced: file.size, content: () => file.stream(), arrived: (keeping) => keeping },
  );
  return id;
}
