/** Of accounts: how one signs in, and what only oneself may do. */
import { type Expectation, nothing, onWorkspace, personal } from "./expectation.ts";

const password = "correct horse";

/** In the form that browsers give, of no passkey that there is. */
const passkeyForm = { id: "x", rawId: "x", type: "public-key", clientExtensionResults: {} };
const passkeyAnswer = {
  ...passkeyForm,
  response: { clientDataJSON: "x", authenticatorData: "x", signature: "x" },
};
const newPasskeyAnswer = {
  ...passkeyForm,
  response: { clientDataJSON: "x", attestationObject: "x" },
};

export const accounts: Record<string, Expectation> = {
  "auth.register": {
    need: "anyone",
    input: (w) => ({ email: w.taken, password: "not their password" }),
    answer: "sign_up_by_mail",
  },
  // Another one each time: to one address only some are mailed.
  "auth.requestSignUp": {
    need: "anyone",
    input: (w) => ({ email: `${w.never()}@example.com` }),
  },
  "auth.pendingSignUp": {
    need: "anyone",
    input: () => ({ token: "x" }),
    answer: "link_expired",
  },
  "auth.registration": { need: "anyone", input: nothing },
  "auth.login": {
    need: "anyone",
    input: () => ({ email: "nobody@example.com", password }),
    answer: "wrong_credentials",
  },
  "auth.logout": { need: "anyone", input: nothing, reads: true },
  "auth.forgotPassword": { need: "anyone", input: () => ({ email: "nobody@example.com" }) },
  "auth.resetPassword": {
    need: "anyone",
    input: () => ({ token: "x", password }),
    answer: "link_expired",
  },
  "auth.me": { need: "person", input: nothing },
  "instance.access": { need: "person", input: nothing },
  "audit.list": { ...onWorkspace("owner"), token: "session_only" },
  "audit.people": { ...onWorkspace("owner"), token: "session_only" },
  "audit.onNew": { ...onWorkspace("owner"), token: "session_only" },
  "about.version": { need: "person", input: nothing },
  "about.licenses": { need: "person", input: nothing },
  "auth.emailState": { need: "person", input: nothing },
  "auth.onMine": { need: "person", input: nothing },
  "auth.sendConfirmation": personal(() => ({})),
  "auth.confirmEmail": personal(() => ({ token: "1.x" }), "link_expired"),
  "auth.requestEmailChange": personal(() => ({ email: "another.address@example.com" })),
  "auth.confirmEmailChange": personal(() => ({ token: "x" }), "link_expired"),
  "auth.undoEmailChange": {
    need: "anyone",
    input: () => ({ token: "x" }),
    answer: "link_expired",
  },
  "auth.updateProfile": { need: "person", input: () => ({ name: "Renamed" }) },
  "pictures.removeMine": { need: "person", input: () => ({}) },
  "auth.changePassword": personal(() => ({ newPassword: password })),
  "auth.finishSignIn": {
    need: "anyone",
    input: () => ({ pending: "x", appCode: "123456" }),
    answer: "sign_in_expired",
  },
  "auth.askForPasskey": { need: "anyone", input: () => ({}), reads: true },
  "auth.signInByPasskey": {
    need: "anyone",
    input: () => ({ passkey: { ticket: "x", answer: passkeyAnswer } }),
    answer: "passkey_refused",
  },
  "auth.askToConfirm": personal(() => ({})),
  "auth.confirmByPasskey": personal(
    () => ({ passkey: { ticket: "x", answer: passkeyAnswer } }),
    "passkey_refused",
  ),
  "auth.confirm": personal(() => ({ password: "wrong" }), "wrong_password"),
  "auth.allowApp": personal(() => ({
    ...{ challenge: "x".repeat(43), app: "Guildhall", computer: "laptop" },
  })),
  "auth.redeemAppCode": {
    need: "anyone",
    input: () => ({ code: "x", verifier: "x".repeat(43) }),
    answer: "sign_in_expired",
  },
  "auth.reopenAccount": {
    need: "anyone",
    input: () => ({ ticket: "x" }),
    answer: "sign_in_expired",
  },
  "exports.askForOwnData": personal(() => ({})),
  "exports.askForWorkspace": { ...onWorkspace("owner"), token: "session_only" },
  "auth.closing": personal(),
  "auth.closeAccount": personal(
    () => ({ email: "not.theirs@example.com", keepsName: true }),
    "name_differs",
  ),
  "auth.sessions": personal(),
  "auth.revokeSession": personal(() => ({ id: "0".repeat(64) }), "not_found"),
  "auth.revokeOtherSessions": personal(() => ({})),

  "factors.list": personal(),
  "factors.beginApp": personal(() => ({})),
  "factors.confirmApp": personal(() => ({ ticket: "x", code: "123456" }), "setup_expired"),
  "factors.removeApp": personal(() => ({}), "not_found"),
  "factors.beginPasskey": personal(() => ({})),
  "factors.addPasskey": personal(
    () => ({ ticket: "x", answer: newPasskeyAnswer, name: "Key" }),
    "passkey_refused",
  ),
  "factors.renamePasskey": personal((w) => ({ id: w.never(), name: "Key" }), "not_found"),
  "factors.removePasskey": personal((w) => ({ id: w.never() }), "not_found"),
  "factors.renewRecoveryCodes": personal(() => ({}), "second_factor_needed"),

  "tokens.list": personal(),
  "tokens.create": personal(() => ({ name: "Script", scope: "read", days: 1 })),
  "tokens.revoke": personal((w) => ({ id: w.never() }), "not_found"),

  "providers.list": { need: "anyone", input: nothing },
  "providers.pendingLink": { need: "anyone", input: nothing, answer: "link_expired" },
  "providers.link": {
    need: "anyone",
    input: () => ({ password }),
    answer: "link_expired",
  },
  "providers.finishLink": {
    need: "anyone",
    input: () => ({ pending: "x", appCode: "123456" }),
    answer: "link_expired",
  },
  "providers.mine": personal(),
  "providers.connect": personal(() => ({ provider: "nobody", to: "/" }), "not_found"),
  "providers.disconnect": personal((w) => ({ id: w.never() }), "not_found"),
};
