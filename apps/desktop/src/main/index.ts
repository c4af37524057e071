import { join } from "node:path";
import { PROTOCOL_VERSION } from "@guildhall/api/protocol";
import { app } from "electron";
import { appOrigin, declareAppScheme, readAppPages } from "./app-protocol.ts";
import { answerCalls, type Handlers } from "./bridge/answer-calls.ts";
import { claimScheme, listenForLinks } from "./links/open-links.ts";
import { openLocal } from "./local/local-calls.ts";
import { lockDown, openExternal } from "./lock-down.ts";
import { openServers } from "./profiles/servers.ts";
import { openSettings } from "./settings.ts";
import { startSystem } from "./system/start-system.ts";
import { startUpdates } from "./updates/start-updates.ts";

// Set by `electron-vite dev`: the window then shows the development server's page.
const devUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const ownOrigin = devUrl ? new URL(devUrl).origin : appOrigin;
// Used until the person names a server, given when the app was built or when it is started.
const presetServerUrl = process.env.VITE_API_URL || import.meta.env.VITE_API_URL;

const settings = openSettings(join(app.getPath("userData"), "settings.json"));

if (app.requestSingleInstanceLock()) {
  // As the installers have it (packaging/electron-builder.ts): Windows shows no notification without.
  app.setAppUserModelId("org.guildhall.desktop");
  declareAppScheme();
  lockDown(ownOrigin);
  claimScheme(app.isPackaged, process.argv);
  const links = listenForLinks();
  void app.whenReady().then(() => start(links));
} else {
  app.quit();
}

function start(links: ReturnType<typeof listenForLinks>) {
  const servers = openServers({
    settings,
    presetServerUrl,
    servePages: readAppPages(join(import.meta.dirname, "../renderer")),
    protocol: { protocol: PROTOCOL_VERSION, oldestProtocol: PROTOCOL_VERSION },
    windows: {
      show: (profileId, instead) => system.windows.switchTo(profileId, instead),
      closeAll: (profileId) => system.profileGone(profileId),
      onChanged: () => system.profilesChanged(),
    },
  });
  const system = startSystem({
    settings,
    links,
    pages: {
      preload: join(import.meta.dirname, "../preload/index.cjs"),
      urlOf: (path) => new URL(path, devUrl ?? `${appOrigin}/`).href,
      sessionOf: servers.sessionOf,
    },
    profiles: {
      ...{ last: servers.current, list: servers.list, used: servers.used },
      ...{ add: servers.add, switchTo: servers.switchTo, serverOf: servers.serverUrlOf },
      isKnown: (id) => servers.profiles.find(id) !== null,
      ofServer: servers.ofServer,
      addServer: servers.addServer,
    },
  });
  const updates = startUpdates({
    settings,
    serverUrl: () => servers.serverUrlOf(servers.current()),
  });
  const local = openLocal({
    servers,
    userData: app.getPath("userData"),
    // Beside the app, where what it forks can be read (packaging/stage-server.ts).
    program: app.isPackaged
      ? join(process.resourcesPath, "server")
      : join(import.meta.dirname, "../../dist/server"),
    onChanged: () => system.profilesChanged(),
  });
  answerCalls(
    {
      ...servers.calls,
      ...local.calls,
      ...system.handlers,
      ...updates,
      openExternal,
    } satisfies Handlers,
    ownOrigin,
  );
}
