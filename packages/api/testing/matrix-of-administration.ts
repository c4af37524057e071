/** What only an administrator of the server may: all others are told so, whatever their role in a workspace. */
import { type Expectation, nothing, personal } from "./expectation.ts";

const only = "administrators_only";
const person: Expectation["input"] = async (w) => ({ userId: await w.person() });

export const administration: Record<string, Expectation> = {
  "instance.accounts": personal(() => ({}), only),
  "instance.workspaces": personal(nothing, only),
  "instance.settings": personal(nothing, only),
  "instance.health": personal(nothing, only),
  "instance.setSettings": personal(() => ({ patch: { registration: "closed" } }), only),
  "instance.deactivate": personal(person, only),
  "instance.reactivate": personal(person, only),
  "instance.setAdministrator": personal(
    async (w) => ({ userId: await w.person(), isAdministrator: true }),
    only,
  ),
  "instance.endSessions": personal(person, only),
  "instance.sendReset": personal(person, only),
  "instance.tryMail": personal(() => ({}), only),
};
