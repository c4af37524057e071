/**
 * Passkeys in the browser. The library and the browser's own dialog come when they are asked for; what a
 * person called off is no failure, and is told as null.
 */
import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";
import { PageRefusal } from "@/sync/format-error.ts";

type Asked = RouterOutputs["auth"]["askForPasskey"];
type Begun = RouterOutputs["factors"]["beginPasskey"];
export type PasskeyAnswer = RouterInputs["auth"]["signInByPasskey"]["passkey"];
type NewAnswer = RouterInputs["factors"]["addPasskey"]["answer"];

/** This page may use passkeys of the server: not from another address than the one it is known by. */
export const hasPasskeys = () =>
  "PublicKeyCredential" in globalThis && globalThis.isSecureContext === true;

const belongsHere = (host: string | undefined) =>
  host !== undefined && (location.hostname === host || location.hostname.endsWith(`.${host}`));

function demandHost(host: string | undefined) {
  if (belongsHere(host)) return;
  throw new PageRefusal(
    `Passkeys of this server work at ${host} only. Open Guildhall there, or use another way.`,
  );
}

const CALLED_OFF = new Set(["NotAllowedError", "AbortError"]);
const unlessCalledOff = (error: unknown): null => {
  if (error instanceof Error && CALLED_OFF.has(error.name)) return null;
  if (error instanceof Error && error.name === "InvalidStateError") {
    throw new PageRefusal("This device already has a passkey for your account.");
  }
  throw error;
};

/** `autofill`: offered in the field of the address, without a dialog; it ends when another is asked for. */
export async function showPasskey(
  { options, ticket }: Asked,
  { autofill = false } = {},
): Promise<PasskeyAnswer | null> {
  demandHost(options.rpId);
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const answer = await startAuthentication({
    optionsJSON: options,
    useBrowserAutofill: autofill,
  }).catch(unlessCalledOff);
  return answer && { ticket, answer };
}

export async function makePasskey({ options, ticket }: Begun) {
  demandHost(options.rp.id);
  const { startRegistration } = await import("@simplewebauthn/browser");
  const answer: NewAnswer | null = await startRegistration({ optionsJSON: options }).catch(
    unlessCalledOff,
  );
  return answer && { ticket, answer };
}

export async function canAutofillPasskeys() {
  if (!hasPasskeys()) return false;
  const { browserSupportsWebAuthnAutofill } = await import("@simplewebauthn/browser");
  return browserSupportsWebAuthnAutofill();
}
