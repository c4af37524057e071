import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { app } from "electron";

/** Given to the app when the system starts it: it shows no window, and tells of news. */
export const HIDDEN = "--hidden";

const startedBySystem = { args: [HIDDEN] };

/** Freedesktop's place for what begins with the session; Electron has no word for it. */
const autostart = (env: NodeJS.ProcessEnv) =>
  join(env.XDG_CONFIG_HOME || join(homedir(), ".config"), "autostart", "guildhall.desktop");

/** Opens the app when the person signs in to their computer. The system has the truth, which can be changed there. */
export function loginItem(platform = process.platform, env = process.env) {
  if (platform !== "linux") {
    return {
      get: () => app.getLoginItemSettings(startedBySystem).openAtLogin,
      set: (openAtLogin: boolean) => app.setLoginItemSettings({ openAtLogin, ...startedBySystem }),
      wasStartedBySystem: (argv: readonly string[]) =>
        argv.includes(HIDDEN) || Boolean(app.getLoginItemSettings().wasOpenedAtLogin),
    };
  }
  const path = autostart(env);
  return {
    get: () => existsSync(path),
    set(openAtLogin: boolean) {
      if (!openAtLogin) return rmSync(path, { force: true });
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, entryOf(env.APPIMAGE ?? app.getPath("exe")));
    },
    wasStartedBySystem: (argv: readonly string[]) => argv.includes(HIDDEN),
  };
}

/** Quoted as the specification has it; an AppImage is started by its own file, not by what it unpacks. */
function entryOf(program: string): string {
  const quoted = program
    .replace(/[\\"`$]/g, "\\$&")
    .replaceAll("\\", "\\\\")
    .replaceAll("%", "%%");
  return [
    "[Desktop Entry]",
    "Type=Application",
    "Name=Guildhall",
    `Exec="${quoted}" ${HIDDEN}`,
    "Terminal=false",
    "X-GNOME-Autostart-enabled=true",
    "",
  ].join("\n");
}
