import type { AppRouter } from "@guildhall/api/client";
import { createTRPCReact } from "@trpc/react-query";

/** The typed hooks for reads and for mutations that wait for the server. */
export const trpc = createTRPCReact<AppRouter>();
