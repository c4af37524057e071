import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export type Kind = "ws" | "socket.io" | "plain tRPC" | "guildhall";

export type Order =
  | { type: "open"; kind: Kind; url: string; count: number; tokens: string[]; workspaceId: string }
  | { type: "drop" }
  | { type: "pause" }
  | { type: "report" };

export type Report = {
  delivered: number;
  /** ms from when a change was sent to when it was read, of every eighth delivery. */
  late: number[];
  closed: number;
  ready: number;
  /** ms after all were dropped at which each was served again. */
  back: number[];
  target: Kind | null;
};

/** Starts a process of subscribers. */
export function startCrowd() {
  const child = fork(path.join(import.meta.dirname, "clients.ts"), { serialization: "advanced" });
  const tell = async <T>(order: Order): Promise<T> => {
    child.send(order);
    const [answer] = await once(child, "message");
    return answer as T;
  };
  return {
    open: (order: Omit<Extract<Order, { type: "open" }>, "type">) =>
      tell<"done">({ type: "open", ...order }),
    drop: () => tell<"done">({ type: "drop" }),
    pause: () => tell<"done">({ type: "pause" }),
    report: () => tell<Report>({ type: "report" }),
    stop: async () => {
      const exited = once(child, "exit");
      child.kill();
      await exited;
    },
  };
}

export type Crowd = ReturnType<typeof startCrowd>;
