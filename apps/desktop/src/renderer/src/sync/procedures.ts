/** The server's procedures by their paths, as the router types them: "tasks.move". */
import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";
import type { DataTag, QueryKey } from "@tanstack/react-query";

type PathsOf<Routers> = {
  [R in keyof Routers & string]: `${R}.${keyof Routers[R] & string}`;
}[keyof Routers & string];

export type ProcedurePath = PathsOf<RouterInputs>;
type At<Routers, P extends string> = P extends `${infer R}.${infer N}`
  ? R extends keyof Routers
    ? N extends keyof Routers[R]
      ? Routers[R][N]
      : never
    : never
  : never;
export type InputOf<P extends ProcedurePath> = At<RouterInputs, P>;
export type OutputOf<P extends ProcedurePath> = At<RouterOutputs, P>;

/** Where something is in the query cache, with its type. */
export type CacheKey<T> = DataTag<QueryKey, T>;
/** Where several of them are: all whose keys begin with it. */
export type CachePrefix<T> = QueryKey & { readonly ofEach?: T };

/** The key under which tRPC's hooks have the answer to a query. */
export function queryKey<P extends ProcedurePath>(path: P, ...[input]: Partial<[InputOf<P>]>) {
  const key: QueryKey = [path.split("."), { ...(input !== undefined && { input }), type: "query" }];
  return key as CacheKey<OutputOf<P>>;
}

/** Of all answers of a query, whatever was asked; or of all queries of a router. */
export function queryPrefix<P extends ProcedurePath | keyof RouterInputs>(path: P) {
  const key: QueryKey = [path.split(".")];
  return key as CachePrefix<P extends ProcedurePath ? OutputOf<P> : unknown>;
}

/** The key of what is composed here, of several answers. */
export const ownKey = <T>(...parts: readonly string[]) => parts as QueryKey as CacheKey<T>;

/** Those that the server applies once under their id, however often they are sent. */
export type MutationPath = {
  [P in ProcedurePath]: "mutationId" extends keyof InputOf<P> ? P : never;
}[ProcedurePath];
export type MutationInput<P extends MutationPath> = Omit<InputOf<P>, "mutationId">;
