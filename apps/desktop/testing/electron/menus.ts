import { EventEmitter } from "node:events";
import { atStart, needsReady } from "./state.ts";
import type { BrowserWindow } from "./window.ts";

type Template = {
  label?: string;
  role?: string;
  type?: string;
  id?: string;
  accelerator?: string;
  registerAccelerator?: boolean;
  enabled?: boolean;
  visible?: boolean;
  checked?: boolean;
  toolTip?: string;
  submenu?: Template[] | Menu;
  click?: (item: MenuItem, window?: BrowserWindow, event?: object) => void;
};

/** Roles that bring their items along, which are not told here. */
const wholeMenus = new Set(["appmenu", "editmenu", "filemenu", "viewmenu", "windowmenu"]);

export class MenuItem {
  id: string | undefined;
  label: string;
  role: string | undefined;
  type: string;
  accelerator: string | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  submenu: Menu | undefined;
  readonly click: (window?: BrowserWindow) => void;

  constructor(template: Template) {
    const { label, role, type, submenu, accelerator } = template;
    if (!label && !role && type !== "separator") {
      throw new TypeError(
        'MenuItem must have "label", "role" or "type: separator" (an item without would be empty)',
      );
    }
    this.id = template.id;
    this.label = label ?? role ?? "";
    // Electron's own are in lower case.
    this.role = role?.toLowerCase();
    this.accelerator = accelerator;
    this.type =
      type ?? (submenu || wholeMenus.has(role?.toLowerCase() ?? "") ? "submenu" : "normal");
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
    if (!submenu && wholeMenus.has(this.role ?? "")) this.submenu = new Menu();
    this.click = (window) => {
      if (!this.enabled) return;
      if (this.type === "checkbox") this.checked = !this.checked;
      template.click?.(this, window, {});
    };
  }
}

let applicationMenu: Menu | null = null;
/** Of a test: the menu that was opened last at the pointer. */
export const shown: { menu: Menu | null } = { menu: null };
atStart(() => {
  applicationMenu = null;
  shown.menu = null;
});

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];
  static buildFromTemplate(template: (Template | MenuItem)[]) {
    const menu = new Menu();
    for (const each of template) {
      menu.append(each instanceof MenuItem ? each : new MenuItem(each));
    }
    return menu;
  }
  static setApplicationMenu(menu: Menu | null) {
    applicationMenu = menu;
  }
  static getApplicationMenu = () => applicationMenu;

  append(item: MenuItem) {
    this.items.push(item);
  }
  popup(_options: object = {}) {
    shown.menu = this;
  }
  closePopup() {
    shown.menu = null;
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  /** Of a test: the item a person finds by these words, through its submenus. */
  find(...labels: string[]): MenuItem | null {
    const [first, ...rest] = labels;
    const item = this.items.find((each) => each.label === first) ?? null;
    return rest.length > 0 ? (item?.submenu?.find(...rest) ?? null) : item;
  }
}

let trays: Tray[] = [];
atStart(() => {
  trays = [];
});
/** Of a test: those that are shown. */
export const allTrays = () => trays;

export class Tray extends EventEmitter {
  image: unknown;
  toolTip = "";
  title = "";
  menu: Menu | null = null;
  private destroyed = false;
  constructor(image: unknown) {
    super();
    needsReady("Cannot create Tray instance before app is ready");
    this.image = image;
    trays.push(this);
  }
  setImage(image: unknown) {
    this.image = image;
  }
  setToolTip(text: string) {
    this.toolTip = text;
  }
  setTitle(text: string) {
    this.title = text;
  }
  setContextMenu(menu: Menu | null) {
    this.menu = menu;
  }
  popUpContextMenu(menu?: Menu) {
    shown.menu = menu ?? this.menu;
  }
  isDestroyed = () => this.destroyed;
  destroy() {
    this.destroyed = true;
    trays = trays.filter((each) => each !== this);
  }
}
