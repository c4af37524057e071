import { fork } from "node:child_process";

type ForkOptions = {
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  cwd?: string;
  stdio?: "ignore" | "inherit" | "pipe";
  serviceName?: string;
};

/** Node in Electron's place: the same module runs in a process of its own, and talks as there. */
export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}) {
    const { serviceName: _, stdio = "inherit", ...rest } = options;
    const child = fork(modulePath, args, { ...rest, stdio: [stdio, stdio, stdio, "ipc"] });
    return Object.assign(child, {
      postMessage: (message: unknown) => void child.send(message as object),
    });
  },
};
