import { paths } from "@/lib/paths.ts";
import { platform } from "@/platform/platform.ts";
import { forgetShell } from "@/sync/storage/persist.ts";

/** Those where one is only to get in. */
const DOORS: readonly string[] = [
  paths.signIn(),
  paths.signUp(),
  paths.forgotPassword(),
  paths.resetPassword(),
  paths.linkAccount(),
];

/**
 * Leaves for a provider's page; `to` is where one goes on afterwards. `isAgain`: the provider asks anew who
 * one is.
 */
export async function goToProvider(
  provider: string,
  to: string,
  { isAgain = false } = {},
): Promise<void> {
  // What is shown before the first paint may have been of somebody else.
  await forgetShell();
  const back = DOORS.includes(to.split("?", 1).join()) ? paths.home() : to;
  const server = (await platform.getServerUrl()) ?? "";
  const asked = new URLSearchParams({ to: back, ...(isAgain && { again: "1" }) });
  window.location.assign(`${server}/auth/oidc/${provider}/start?${asked}`);
}
