/** What a line of the access matrix says, and what most of them ask with. */
import type { World } from "./world.ts";

type Input = (world: World) => unknown;

export type Expectation = {
  /**
   * The least role in what is asked for; or anyone; or anybody signed in, for what is their own. Of a
   * workspace `guest` is the least: a guest of it may, and is told of what they were let into. An
   * `administrator` is the server's, wherever they are a member.
   */
  need: "anyone" | "person" | "administrator" | "guest" | "viewer" | "editor" | "owner";
  input: Input;
  /** Whether it is about a project (or what is in it) or about the whole workspace. */
  about?: "project" | "workspace";
  /** What an access token is told, however wide its scope. */
  token?: "session_only";
  /** Changes nothing, so a read-only token may, although it is a mutation. */
  reads?: true;
  /** The reason, when even those who may do it are refused for the input given here. */
  answer?: string;
  /** What a guest is told who was let into it as an editor, when that is not what an editor is. */
  guest?: string;
  /** What those are told who may see it but may not do this. */
  low?: string;
};

export const nothing: Input = () => undefined;
export const workspace: Input = (w) => ({ workspaceId: w.workspaceId });
export const project: Input = (w) => ({ id: w.projectId });
export const document: Input = async (w) => ({ id: await w.document() });
export const task: Input = async (w) => ({ id: await w.task() });
export const tasks: Input = async (w) => ({ ids: [await w.task()] });

export const onWorkspace = (need: Expectation["need"], input: Input = workspace): Expectation => ({
  need,
  input,
  about: "workspace",
});
export const onProject = (need: Expectation["need"], input: Input): Expectation => ({
  need,
  input,
  about: "project",
});
export const personal = (input: Input = nothing, answer?: string): Expectation => ({
  need: "person",
  input,
  token: "session_only",
  ...(answer && { answer }),
});
