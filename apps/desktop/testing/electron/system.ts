import { EventEmitter } from "node:events";
import { atStart, isReady } from "./state.ts";

class NativeTheme extends EventEmitter {
  shouldUseDarkColors = false;
  private source: "system" | "light" | "dark" = "system";
  get themeSource() {
    return this.source;
  }
  set themeSource(source) {
    this.source = source;
    if (source !== "system") this.shouldUseDarkColors = source === "dark";
    this.emit("updated");
  }
}
export const nativeTheme = new NativeTheme();

class Screen extends EventEmitter {
  area = { x: 0, y: 0, width: 1920, height: 1080 };
  getPrimaryDisplay = () => ({ id: 1, bounds: this.area, workArea: this.area, scaleFactor: 1 });
  getAllDisplays = () => [this.getPrimaryDisplay()];
  getCursorScreenPoint = () => ({ x: 10, y: 10 });
  getDisplayNearestPoint = (_point: object) => this.getPrimaryDisplay();
  getDisplayMatching = (_area: object) => this.getPrimaryDisplay();
}
export const screen = new Screen();

/** Of a test: what was handed to the system's own programs. */
export const handedOver = { urls: [] as string[], paths: [] as string[] };
export const shell = {
  async openExternal(url: string) {
    handedOver.urls.push(url);
  },
  async openPath(path: string) {
    handedOver.paths.push(path);
    return "";
  },
  showItemInFolder(path: string) {
    handedOver.paths.push(path);
  },
  beep() {},
};

class PowerMonitor extends EventEmitter {
  idleSeconds = 0;
  onBatteryPower = false;
  getSystemIdleState = (threshold: number) => (this.idleSeconds >= threshold ? "idle" : "active");
  getSystemIdleTime = () => this.idleSeconds;
  isOnBatteryPower = () => this.onBatteryPower;
}
export const powerMonitor = new PowerMonitor();

const shortcuts = new Map<string, () => void>();
/** Of a test: keys that another program has. */
export const takenKeys = new Set<string>();
export const globalShortcut = {
  register(key: string, pressed: () => void) {
    if (!isReady()) throw new Error("globalShortcut cannot be used before the app is ready");
    if (takenKeys.has(key) || shortcuts.has(key)) return false;
    shortcuts.set(key, pressed);
    return true;
  },
  isRegistered: (key: string) => shortcuts.has(key),
  unregister: (key: string) => void shortcuts.delete(key),
  unregisterAll: () => shortcuts.clear(),
};
/** Of a test: the person presses it, whatever program is in front. */
export const pressGlobal = (key: string) => shortcuts.get(key)?.();

type MessageBox = { message: string; detail?: string; buttons?: string[] };
/** Of a test: what was asked, and what a person will answer to it. */
export const dialogs = {
  asked: [] as MessageBox[],
  errors: [] as { title: string; content: string }[],
  answer: { response: 0, checkboxChecked: false },
  savePath: "",
  openPaths: [] as string[],
};
const asked = (values: unknown[]) => {
  const options = values.at(-1) as MessageBox;
  dialogs.asked.push(options);
};
export const dialog = {
  async showMessageBox(...values: unknown[]) {
    asked(values);
    return { ...dialogs.answer };
  },
  showMessageBoxSync(...values: unknown[]) {
    asked(values);
    return dialogs.answer.response;
  },
  showErrorBox(title: string, content: string) {
    dialogs.errors.push({ title, content });
  },
  showSaveDialog: async () => ({ canceled: !dialogs.savePath, filePath: dialogs.savePath }),
  showOpenDialog: async () => ({
    canceled: dialogs.openPaths.length === 0,
    filePaths: dialogs.openPaths,
  }),
};

let copied = { text: "", html: "" };
export const clipboard = {
  readText: () => copied.text,
  writeText(text: string) {
    copied = { text, html: "" };
  },
  write(data: { text?: string; html?: string }) {
    copied = { text: data.text ?? "", html: data.html ?? "" };
  },
};

export const crashReporter = {
  started: null as object | null,
  start(options: object) {
    crashReporter.started = options;
  },
};

atStart(() => {
  for (const each of [nativeTheme, screen, powerMonitor]) each.removeAllListeners();
  nativeTheme.themeSource = "system";
  nativeTheme.shouldUseDarkColors = false;
  screen.area = { x: 0, y: 0, width: 1920, height: 1080 };
  Object.assign(powerMonitor, { idleSeconds: 0, onBatteryPower: false });
  handedOver.urls.length = 0;
  handedOver.paths.length = 0;
  shortcuts.clear();
  takenKeys.clear();
  Object.assign(dialogs, { asked: [], errors: [], savePath: "", openPaths: [] });
  dialogs.answer = { response: 0, checkboxChecked: false };
  copied = { text: "", html: "" };
  crashReporter.started = null;
});
