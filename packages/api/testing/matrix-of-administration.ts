/** What only an administrator of the server may: all others are told so, whatever their role in a workspace. */
import { type Expectation, nothing } from "./expectation.ts";

const administrators = (input: Expectation["input"]): Expectation => ({
  need: "administrator",
  input,
  token: "session_only",
});
const onPerson = administrators(async (w) => ({ userId: await w.person() }));

export const administration: Record<string, Expectation> = {
  "instance.accounts": administrators(() => ({})),
  "instance.workspaces": administrators(nothing),
  "instance.settings": administrators(nothing),
  "instance.health": administrators(nothing),
  "instance.setSettings": administrators(() => ({ patch: {} })),
  "instance.deactivate": onPerson,
  "instance.reactivate": onPerson,
  "instance.setAdministrator": administrators(async (w) => ({
    userId: await w.person(),
    isAdministrator: true,
  })),
  "instance.endSessions": onPerson,
  "instance.resetFactors": onPerson,
  "instance.sendReset": onPerson,
  "instance.tryMail": administrators(() => ({})),
};
