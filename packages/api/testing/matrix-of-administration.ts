/** What only an administrator of the server may: all others are told so, whatever their role in a workspace. */
import { type Expectation, nothing } from "./expectation.ts";

const administrators = (input: Expectation["input"]): Expectation => ({
  need: "administrator",
  input,
  token: "session_only",
});
const onPerson = administrators(async (w) => ({ userId: await w.person() }));
const onWorkspace = administrators((w) => ({ workspaceId: w.workspaceId }));

export const administration: Record<string, Expectation> = {
  "instance.accounts": administrators(() => ({})),
  "instance.workspaces": administrators(() => ({})),
  "instance.ownerCandidates": { ...onWorkspace, answer: "has_owner" },
  "instance.appointOwner": { ...onWorkspace, answer: "has_owner" },
  "instance.deleteWorkspace": {
    ...administrators((w) => ({ workspaceId: w.workspaceId, name: "Not its name" })),
    answer: "name_differs",
  },
  "instance.restoreWorkspace": { ...onWorkspace, answer: "not_found" },
  "instance.settings": administrators(nothing),
  "instance.health": administrators(nothing),
  "instance.failingJobs": administrators(nothing),
  "instance.retryJobs": administrators(() => ({})),
  "instance.providers": administrators(nothing),
  "instance.checkProvider": {
    ...administrators(() => ({ id: "nobody" })),
    answer: "not_found",
  },
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
