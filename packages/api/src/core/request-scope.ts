/**
 * What is being answered right now: an HTTP request with its batch, or one call on a socket.
 *
 * Carried by AsyncLocalStorage rather than by the context: a line logged deep in a verb, in the
 * database's client or in a library names the request it belongs to without being handed anything,
 * and the context of a socket, made once for all of its calls, could not tell them apart.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { uuidv7 } from "uuidv7";

export type RequestScope = {
  /** What a person tells the operator, who finds it in the log. */
  readonly id: string;
  /** Known once the first procedure has asked. */
  userId?: string;
  /** While traces are sent. */
  traceId?: string;
};

const scopes = new AsyncLocalStorage<RequestScope>();

export const currentRequest = (): RequestScope | undefined => scopes.getStore();

export function inRequest<T>(scope: RequestScope, run: () => T): T {
  return scopes.run(scope, run);
}

export const newRequest = (): RequestScope => ({ id: uuidv7() });

/** Whose request it is, for the log. */
export function noteUser(userId: string): void {
  const scope = scopes.getStore();
  if (scope) scope.userId = userId;
}

const ids = new WeakMap<Error, string>();

/**
 * The id under which an error is logged and told. It stays with the error: tRPC formats a socket's
 * errors after the call they came from has ended.
 */
export function requestIdOf(error: Error): string {
  const id = ids.get(error) ?? currentRequest()?.id ?? uuidv7();
  ids.set(error, id);
  return id;
}
