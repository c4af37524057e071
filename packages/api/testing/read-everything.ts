/** For tests: what one person is answered by every query there is, asked about everything in a workspace made for it. */
import type { TestPerson } from "@guildhall/testing/api";
import { type GuestWorkspace, idsOfAll, keyOf, wordsOfAll } from "./guest-workspace.ts";
import { inputsOf, procedureAt, procedures } from "./procedures.ts";

/** Of one's own account and sessions, or of who is not signed in; the live ones are followed by themselves. */
const notAsked = (path: string, type: string) =>
  type === "subscription" || /^(auth|tokens|pushes)\./.test(path);

export const reads = procedures.filter(
  ([path, { _def }]) => _def.type === "query" && !notAsked(path, _def.type),
);

/** Of whatever shape a procedure takes, about everything that there is. */
function* inputsFor(workspace: GuestWorkspace): Generator<Record<string, unknown>> {
  const { workspaceId, places } = workspace;
  yield { workspaceId };
  yield { workspaceId, seq: 0 };
  yield { workspaceId, documentIds: idsOfAll(workspace), taskIds: idsOfAll(workspace) };
  for (const [n] of places.entries()) yield { workspaceId, key: keyOf(n) };
  for (const text of [...wordsOfAll(workspace), "zq"]) yield { workspaceId, text };
  for (const { id: documentId, versionId } of places) {
    if (versionId) yield { documentId, versionId };
  }
  for (const id of idsOfAll(workspace)) {
    yield* [{ id }, { taskId: id }, { documentId: id }, { projectId: id }, { entityId: id }];
    yield* [
      { workspaceId, projectId: id },
      { workspaceId, documentId: id },
      { projectId: id, moment: { at: new Date() } },
    ];
    for (const target of ["document", "task"]) yield { target, id };
    for (const entity of ["document", "task", "project"]) yield { entity, id };
  }
}

/** By procedure, all that it answers, refusals too; and which of them gave something. */
export async function readEverything({ call }: TestPerson, workspace: GuestWorkspace) {
  const answers: Record<string, string> = {};
  const given = new Set<string>();
  for (const [path, procedure] of reads) {
    const schemas = inputsOf(procedure);
    const fits = (input: object) =>
      schemas.every((schema) => {
        const read = schema.safeParse(input);
        // What it does not know says nothing.
        return read.success && Object.keys(read.data as object).length >= Object.keys(input).length;
      });
    const inputs = schemas.length ? [...inputsFor(workspace)].filter(fits) : [undefined];
    const ask = procedureAt(call, path);
    const told = inputs.map(async (input) => {
      try {
        const value = await ask?.(input);
        given.add(path);
        return JSON.stringify(value);
      } catch (error) {
        return String(error);
      }
    });
    const texts = await Promise.all(told);
    answers[path] = texts.join("\n");
  }
  return { answers, given };
}
