import { BrowserWindow } from "electron";
import { beforeEach, describe, expect, it } from "vitest";
import {
  double,
  notificationSupport,
  notifications,
  startElectron,
} from "../../../testing/electron/control.ts";
import type { News } from "../../shared/news.ts";
import { profileOf, registerPage } from "../bridge/callers.ts";
import { showNews } from "./news.ts";

const mention: News = {
  ...{ ids: ["n1"], tag: "task-1", title: "Ann mentioned you", body: "WHEEL-1 A new wheel" },
  ...{ path: "/w/w1/task/WHEEL-1#comment-1", key: "WHEEL-1" },
};
const another = { ...mention, ids: ["n2"] };

let opened: string[];
let notifies: boolean;
let news: ReturnType<typeof showNews>;

beforeEach(async () => {
  await startElectron();
  opened = [];
  notifies = true;
  news = showNews({
    notifies: () => notifies,
    windows: {
      go: (profileId, path) => {
        opened.push(`${profileId} ${path}`);
        return null as never;
      },
      profileIn: ({ webContents }) => profileOf(webContents) ?? "",
    },
  });
});

async function open(path: string, profileId = "p1") {
  const window = new BrowserWindow({ show: false });
  registerPage(window.webContents, profileId);
  await window.loadURL(`app://guildhall${path}`);
  return { window, caller: { contents: window.webContents, profileId } };
}
const titles = () => notifications.map(({ title }) => title);

describe("what is new", () => {
  it("is shown by the system while other programs are in front, and opens its place by a click", async () => {
    const { caller } = await open("/w/w1/inbox");
    expect(news.tell(mention, caller)).toBe("native");
    expect(titles()).toEqual(["Ann mentioned you"]);
    notifications[0]?.click();
    expect(opened).toEqual(["p1 /w/w1/task/WHEEL-1#comment-1"]);
  });

  it("is told once, whichever of several windows hears of it", async () => {
    const [one, two] = [await open("/w/w1/inbox"), await open("/w/w1/my-work")];
    expect(news.tell(mention, one.caller)).toBe("native");
    expect(news.tell(mention, two.caller)).toBe("quiet");
    expect(titles()).toHaveLength(1);
    expect(news.tell({ ...mention, ids: ["n1", "n2"] }, two.caller)).toBe("native");
  });

  it("takes the place of what was said of the same thing before", async () => {
    const { caller } = await open("/w/w1/inbox");
    news.tell(mention, caller);
    news.tell({ ...another, title: "Ben answered" }, caller);
    news.tell({ ...another, ids: ["n3"], tag: "task-2", title: "Of another" }, caller);
    expect(titles()).toEqual(["Ben answered", "Of another"]);
  });

  it("is said by the page that is in front, and by no other window", async () => {
    const [front, behind] = [await open("/w/w1/my-work"), await open("/w/w1/inbox")];
    front.window.show();
    expect(news.tell(mention, behind.caller)).toBe("quiet");
    expect(news.tell(mention, front.caller)).toBe("in-app");
    // Once its person has gone on to another program it is not told again.
    double(front.window).blur();
    expect(news.tell(mention, behind.caller)).toBe("quiet");
    expect(titles()).toEqual([]);
  });

  it.each(["/w/w1/task/WHEEL-1", "/w/w1/p/WHEEL/board?peek=WHEEL-1"])(
    "is not told while it is in front: %s",
    async (path) => {
      const front = await open(path);
      front.window.show();
      expect(news.tell(mention, front.caller)).toBe("quiet");
    },
  );

  it("of another workspace or account is told by the system, also while the app is in front", async () => {
    const front = await open("/w/w9/inbox");
    front.window.show();
    const [workspace, account] = [await open("/w/w1/inbox"), await open("/w/w9/inbox", "p2")];
    expect(news.tell(mention, workspace.caller)).toBe("native");
    const there = { ...mention, path: "/w/w9/task/A-1", tag: "a" };
    // The same number on another server is another one.
    expect(news.tell(there, account.caller)).toBe("native");
  });

  it("is not shown where the person or the system wants none", async () => {
    const { caller } = await open("/w/w1/inbox");
    notifies = false;
    expect(news.tell(mention, caller)).toBe("quiet");
    notifies = true;
    notificationSupport.isSupported = false;
    expect(news.tell(another, caller)).toBe("quiet");
    expect(titles()).toEqual([]);
  });
});
