import { app } from "electron";
import { beforeEach, describe, expect, it } from "vitest";
import { dialogs, startElectron } from "../../../testing/electron/control.ts";
import { appLink } from "../../shared/app-link.ts";
import { claimScheme, linkIn, listenForLinks, openLinks } from "./open-links.ts";

const known = "https://team.example.org";
const link = appLink({ server: known, path: "/w/w1/task/WHEEL-1" });

let done: string[];
let open: ReturnType<typeof openLinks>;
beforeEach(async () => {
  await startElectron();
  done = [];
  open = openLinks({
    profileOf: (server) => (server === known ? "p1" : null),
    addServer: (server, path) => done.push(`add ${server} ${path}`),
    go: (profileId, path) => done.push(`go ${profileId} ${path}`),
    isOthers: (text) => text.startsWith("guildhall://sign-in"),
  });
});

describe("a link of the app", () => {
  it("opens its place in the account of its server", async () => {
    await open(link);
    expect(done).toEqual(["go p1 /w/w1/task/WHEEL-1"]);
    expect(dialogs.asked).toEqual([]);
  });

  it("of a server that the app doesn't know is said, and added only when it is wanted", async () => {
    const elsewhere = appLink({ server: "https://evil.example.org", path: "/w/w1" });
    dialogs.answer.response = 1;
    await open(elsewhere);
    expect(done).toEqual([]);
    expect(dialogs.asked[0]).toMatchObject({
      message: "This app doesn't know evil.example.org yet.",
      defaultId: 1,
      cancelId: 1,
    });
    dialogs.answer.response = 0;
    await open(elsewhere);
    expect(done).toEqual(["add https://evil.example.org /w/w1"]);
  });

  it("that leads to no place is refused in words", async () => {
    await open("guildhall://open?server=javascript:alert(1)&path=/w/w1");
    expect(dialogs.asked[0]?.message).toBe("This link can't be opened.");
    expect(done).toEqual([]);
  });

  it("that is another part's is left to it", async () => {
    await open("guildhall://sign-in?code=1");
    expect([done, dialogs.asked]).toEqual([[], []]);
  });
});

describe("where links come from", () => {
  it("among the arguments, by the system before and after it is ready, by a second start", () => {
    const heard: string[] = [];
    const links = listenForLinks(["guildhall", "--hidden", "guildhall://first"]);
    const event = { defaultPrevented: false, preventDefault: () => undefined };
    app.emit("open-url", event, "guildhall://early");
    links.begin((text) => heard.push(text));
    app.emit("open-url", event, "guildhall://late");
    app.emit("second-instance", {}, ["guildhall", "guildhall://second"], "/home");
    app.emit("second-instance", {}, ["guildhall"], "/home");
    expect(heard).toEqual([
      ...["guildhall://first", "guildhall://early"],
      ...["guildhall://late", "guildhall://second"],
    ]);
  });

  it("what else is among them is none", () => {
    expect(
      linkIn(["guildhall", "https://example.org", "--guildhall:x", "/tmp/guildhall:x"]),
    ).toBeNull();
  });

  it("the app is the one that opens them", () => {
    claimScheme(true, []);
    expect(app.isDefaultProtocolClient("guildhall")).toBe(true);
  });
});
