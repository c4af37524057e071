import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export type Kind = "guildhall" | "hocuspocus";
export type Opened = { kind: Kind; url: string; tokens: string[]; documentId: string };
export type Order =
  | ({ type: "open" } & Opened)
  | { type: "type"; seconds: number; everyMs: number }
  | { type: "close" };
export type Report = {
  /** Letters that were typed and acknowledged. */
  acknowledged: number;
  /** ms from typing to the acknowledgement, of each. */
  took: number[];
  /** Letters that somebody else's document got. */
  delivered: number;
};

/** Starts a process of editors. */
export function startEditors() {
  const child = fork(path.join(import.meta.dirname, "editors.ts"), { serialization: "advanced" });
  const tell = async <T>(order: Order): Promise<T> => {
    child.send(order);
    const [answer] = await once(child, "message");
    return answer as T;
  };
  return {
    open: (opened: Opened) => tell<"done">({ type: "open", ...opened }),
    type: (seconds: number, everyMs: number) => tell<Report>({ type: "type", seconds, everyMs }),
    close: () => tell<"done">({ type: "close" }),
    async stop() {
      const exited = once(child, "exit");
      child.kill();
      await exited;
    },
  };
}

export type Editors = ReturnType<typeof startEditors>;
