/**
 * Whose something on this computer is: a person on one server. A browser keeps the pages of each
 * server apart, so that there the person says it all; the desktop app opens many servers from one
 * place, and a restored copy of a server knows the same people by the same ids.
 */
export type Account = { readonly server: string; readonly userId: string };

export const accountKey = ({ server, userId }: Account): string =>
  server === window.location.origin ? userId : `${server} ${userId}`;
