import { EventEmitter } from "node:events";
import { atStart } from "./state.ts";

type Options = {
  title?: string;
  body?: string;
  silent?: boolean;
  icon?: unknown;
  actions?: { type: "button"; text: string }[];
};

/** Of a test: those a person sees, in order. */
export const notifications: Notification[] = [];
export const notificationSupport = { isSupported: true };
atStart(() => {
  notifications.length = 0;
  notificationSupport.isSupported = true;
});

export class Notification extends EventEmitter {
  title: string;
  body: string;
  readonly options: Options;
  static isSupported = () => notificationSupport.isSupported;
  constructor(options: Options = {}) {
    super();
    this.options = options;
    this.title = options.title ?? "";
    this.body = options.body ?? "";
  }
  show() {
    if (!notifications.includes(this)) notifications.push(this);
    this.emit("show", {});
  }
  close() {
    const at = notifications.indexOf(this);
    if (at < 0) return;
    notifications.splice(at, 1);
    this.emit("close", {});
  }
  /** Of a test: a person clicks it. */
  click() {
    this.emit("click", {});
  }
}
