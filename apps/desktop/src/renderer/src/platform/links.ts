import { appLink } from "../../../shared/app-link.ts";
import { platform } from "./platform.ts";

/** Where the same place is for others: the pages of the desktop app have an address that only it knows. */
async function server(): Promise<string> {
  if (!platform.desktop) return window.location.origin;
  return (await platform.getServerUrl()) ?? window.location.origin;
}

/** Opens in a browser. */
export const linkTo = async (path: string) => (await server()) + path;

/** Opens in the desktop app. */
export const appLinkTo = async (path: string) => appLink({ server: await server(), path });
