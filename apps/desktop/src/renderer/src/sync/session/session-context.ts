import { createContext, use } from "react";
import { invariant } from "@/lib/invariant.ts";

export type Session = {
  /** After `auth.login` or `auth.register` answered. */
  signedIn(answer: { token: string; device: string }): Promise<void>;
  signOut(): Promise<void>;
  /** Looks again who is here, as after another server was chosen. */
  restart(): Promise<void>;
};

export const SessionContext = createContext<Session | null>(null);

export const useSession = (): Session =>
  invariant(use(SessionContext), "this is inside the session's provider");
