/**
 * The built-in Postgres also listens on a socket in its own folder: a statement over it takes about
 * two thirds of the CPU that it takes over TCP. Where it is goes along as the fragment of the
 * address, which every other client of that address leaves aside.
 */
import path from "node:path";

/** The kernel's bound on the path of a socket is 104 bytes on macOS and 108 on Linux. */
const LONGEST = 103;

const socketFile = (folder: string, port: string) => path.join(folder, `.s.PGSQL.${port}`);

/** Null where there are no such sockets, or the folder lies too deep for one. */
export function socketFolder(folder: string): string | null {
  if (process.platform === "win32") return null;
  return Buffer.byteLength(socketFile(folder, "65535")) > LONGEST ? null : folder;
}

export function besideUrl(url: string, folder: string): string {
  return socketFolder(folder) ? `${url}#${encodeURIComponent(folder)}` : url;
}

/** What postgres.js is told beside the address. */
export function localSocket(url: string): { path?: string } {
  const { hash, port } = new URL(url);
  return hash ? { path: socketFile(decodeURIComponent(hash.slice(1)), port) } : {};
}
