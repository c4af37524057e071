import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

/** What went wrong with the form as a whole, in the server's words made ready for people. */
export type AuthProblem = { title: string; detail?: string };

export function AuthError({ problem }: { problem: AuthProblem | null | undefined }) {
  return problem ? <ErrorNotice title={problem.title}>{problem.detail}</ErrorNotice> : null;
}
