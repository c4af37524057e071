import type { AnyProcedure } from "@trpc/server";
import type { z } from "zod";
import { appRouter } from "../src/router.ts";

type Ask = (input: unknown) => Promise<unknown>;

/** All by their paths; the router's own type says nothing that they have in common. */
export const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, AnyProcedure>,
);

/** The schemas of its input, which tRPC keeps beside its types. */
export const inputsOf = (procedure: AnyProcedure): z.ZodType[] =>
  (procedure._def as unknown as { inputs: z.ZodType[] }).inputs;

/** The one of a caller at this path, whose types are gone with the name that is known only here. */
export function procedureAt(caller: object, path: string): Ask | undefined {
  const [group = "", name = ""] = path.split(".");
  return (caller as Record<string, Record<string, Ask>>)[group]?.[name];
}
