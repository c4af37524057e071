import { BrowserWindow } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { callExamples, eventExamples } from "../../../testing/bridge-examples.ts";
import {
  double,
  invokeFrom,
  openPage,
  startElectron,
  WebFrameMain,
} from "../../../testing/electron/control.ts";
import {
  type Bridge,
  type CallName,
  calls,
  channelOf,
  type EventName,
  type EventValue,
} from "../../shared/bridge.ts";
import { answerCalls, type Handlers } from "./answer-calls.ts";
import { registerPage } from "./callers.ts";
import { ExpectedError } from "./expected-error.ts";
import { tellPage } from "./tell-page.ts";

const names = Object.keys(calls) as CallName[];
const refusal = { ok: false, message: expect.stringContaining("Refused") };

/** What each row's handler has been given. */
let given: { name: CallName; argument: unknown; profileId: string }[];
let handlers: Handlers;

beforeEach(async () => {
  await startElectron();
  given = [];
  handlers = Object.fromEntries(
    names.map((name) => [
      name,
      (argument: unknown, { profileId }: { profileId: string }) => {
        given.push({ name, argument, profileId });
        return `answer of ${name}`;
      },
    ]),
  ) as unknown as Handlers;
  answerCalls(handlers, "app://guildhall");
});

async function openWindow(url = "app://guildhall/", profileId: string | null = "p1") {
  const window = new BrowserWindow();
  if (profileId) registerPage(window.webContents, profileId);
  await window.loadURL(url);
  return double(window).webContents;
}

describe.each(names)("the bridge's call %s", (name) => {
  const { right, wrong } = callExamples[name];

  it("is answered with a right argument, through the preload", async () => {
    const { guildhall } = await openPage(await openWindow());
    const call = (guildhall as Bridge)[name] as (argument: unknown) => Promise<unknown>;
    expect(await call(right)).toBe(`answer of ${name}`);
    expect(given).toEqual([{ name, argument: right, profileId: "p1" }]);
  });

  it("is refused with a wrong argument, in words", async () => {
    const { guildhall } = await openPage(await openWindow());
    const call = (guildhall as Bridge)[name] as (argument: unknown) => Promise<unknown>;
    await expect(call(wrong)).rejects.toThrow(/^Refused: that isn't what/);
    expect(given).toEqual([]);
  });

  it("is refused to any other sender", async () => {
    const ask = async (...values: Parameters<typeof invokeFrom>) => {
      expect(await invokeFrom(...values)).toEqual(refusal);
    };
    const own = await openWindow();
    const channel = channelOf(name);
    // A frame in our page, though it shows our pages too; a frame that is gone.
    await ask(own, channel, [right], new WebFrameMain("app://guildhall/", own.mainFrame));
    await ask(own, channel, [right], null);
    // A page that has gone elsewhere, one of another host of our scheme, one that main did not open.
    await ask(await openWindow("https://example.org/"), channel, [right]);
    await ask(await openWindow("app://elsewhere/"), channel, [right]);
    await ask(await openWindow("app://guildhall/", null), channel, [right]);
    expect(given).toEqual([]);
  });
});

describe("what a call says", () => {
  it("when it is refused: the sentence, without Electron's own words", async () => {
    const { guildhall } = await openPage(await openWindow());
    const fails = vi.fn(() => {
      throw new ExpectedError("That isn't a web address.");
    });
    // A second handler of a channel is an error in Electron: so it begins anew.
    await startElectron();
    answerCalls({ ...handlers, setServerUrl: fails }, "app://guildhall");
    await expect((guildhall as Bridge).setServerUrl("x")).rejects.toThrow(
      /^That isn't a web address\.$/,
    );
  });

  it("when main fails: that it failed, and what to do", async () => {
    const { guildhall } = await openPage(await openWindow());
    await startElectron();
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const fails = async () => {
      throw new TypeError("disk full");
    };
    answerCalls({ ...handlers, clearToken: fails }, "app://guildhall");
    await expect((guildhall as Bridge).clearToken()).rejects.toThrow(
      "The app couldn't do that. Please try again. (disk full)",
    );
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});

describe.each(Object.keys(eventExamples) as EventName[])("the bridge's event %s", (name) => {
  const { right, wrong } = eventExamples[name] as {
    right: EventValue<typeof name>;
    wrong: unknown;
  };

  it("reaches a page until it stops listening", async () => {
    const contents = await openWindow();
    const { guildhall } = await openPage(contents);
    const listener = vi.fn();
    const stop = (guildhall as Bridge).on(name, listener);
    const real = contents as unknown as Electron.WebContents;
    tellPage(real, name, right);
    stop();
    tellPage(real, name, right);
    expect(listener.mock.calls).toEqual([[right]]);
    expect(() => tellPage(real, name, wrong as never)).toThrow();
  });
});

it("the preload gives a page nothing but the table's names", async () => {
  const { guildhall, ...rest } = await openPage(await openWindow());
  expect(Object.keys(guildhall as object).toSorted()).toEqual(
    [...names, "on", "os", "version"].toSorted(),
  );
  expect(rest).toEqual({});
  expect(() => (guildhall as Bridge).on("anything" as never, () => undefined)).toThrow();
});
