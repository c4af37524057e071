import { app, dialog } from "electron";
import { APP_SCHEME, readAppLink } from "../../shared/app-link.ts";

type Options = {
  /** Of the account of this server that was used last; null: the app doesn't know the server. */
  profileOf: (server: string) => string | null;
  /** Begins an account there: its window, at the address given. */
  addServer: (server: string, path: string) => unknown;
  go: (profileId: string, path: string) => unknown;
  /** What another part does with links of the scheme; true: it was its own. */
  isOthers?: (link: string) => boolean;
};

/** What was started with the app, or handed to it: the link among the arguments. */
export const linkIn = (argv: readonly string[]) =>
  argv.find((argument) => argument.startsWith(`${APP_SCHEME}:`)) ?? null;

/** Opens the app's links: of what is read from them nothing happens but that a place is shown. */
export function openLinks({ profileOf, addServer, go, isOthers }: Options) {
  return async (text: string): Promise<void> => {
    if (isOthers?.(text)) return;
    const link = readAppLink(text);
    if (!link) {
      await dialog.showMessageBox({
        type: "warning",
        message: "This link can't be opened.",
        detail: "It isn't a link to a place in Guildhall. Ask whoever sent it to copy it again.",
        buttons: ["OK"],
      });
      return;
    }
    const { server, path } = link;
    const profileId = profileOf(server);
    if (profileId) return void go(profileId, path);
    const { response } = await dialog.showMessageBox({
      type: "question",
      message: `This app doesn't know ${new URL(server).host} yet.`,
      detail: `The link leads to ${server}. Add this server only if you trust whoever sent the link.`,
      buttons: ["Add server", "Cancel"],
      defaultId: 1,
      cancelId: 1,
    });
    if (response === 0) addServer(server, path);
  };
}

/**
 * Hears of links from the system: macOS tells the app, also before it is ready; Windows and Linux start it again with
 * the link among the arguments, which hands them to the one that runs. Answers what begins the opening.
 */
export function listenForLinks(argv: readonly string[] = process.argv) {
  let open: ((link: string) => void) | null = null;
  const early: string[] = [];
  const hear = (link: string) => (open ? open(link) : early.push(link));
  const first = linkIn(argv);
  if (first) early.push(first);
  app.on("open-url", (event, link) => {
    event.preventDefault();
    hear(link);
  });
  app.on("second-instance", (_event, argv) => {
    const link = linkIn(argv);
    if (link) hear(link);
  });
  return {
    /** Once there are windows. */
    begin(opener: (link: string) => void) {
      open = opener;
      for (const link of early.splice(0)) opener(link);
    },
  };
}

export type Links = ReturnType<typeof listenForLinks>;

/** From the sources it is Electron's own program, which has to be told what to run. */
export function claimScheme(isPackaged: boolean, [program, script]: readonly string[]) {
  if (isPackaged || !program || !script) app.setAsDefaultProtocolClient(APP_SCHEME);
  else app.setAsDefaultProtocolClient(APP_SCHEME, program, [script]);
}
