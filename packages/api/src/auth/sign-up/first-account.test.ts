import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi } from "@guildhall/testing/api";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { expect, test } from "vitest";

const { users } = schema;
const newEmail = () => `${uuidv7()}@example.com`;

test.each(["open", "invite", "closed"] as const)(
  "registration %s: of several who come first at once exactly one administers",
  async (registration) => {
    const api = await startTestApi({ fixedSettings: { registration }, sendsMail: false });
    try {
      expect(await api.stranger.auth.registration()).toMatchObject({ open: true, isFirst: true });
      const come = () => api.stranger.auth.register({ email: newEmail(), password: PASSWORD });
      const all = await Promise.allSettled([come(), come(), come(), come()]);
      const came = all.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      expect(came).toHaveLength(registration === "open" ? 4 : 1);
      const administers = await Promise.all(
        came.map(async ({ token }) => (await api.as(token).instance.access()).isAdministrator),
      );
      expect(administers.filter(Boolean)).toHaveLength(1);
      expect(await api.services.db.$count(users, eq(users.isAdministrator, true))).toBe(1);
      expect(await api.stranger.auth.registration()).toMatchObject({
        open: registration === "open",
        closed: registration === "closed",
        isFirst: false,
      });
    } finally {
      await api.stop();
    }
  },
);

test("only addresses of the allowed domains sign up without an invitation", async () => {
  const registrationDomains = ["example.org"];
  const api = await startTestApi({ fixedSettings: { registrationDomains } });
  try {
    const register = (email: string) => api.register({ email, password: PASSWORD });
    const first = await register("first@elsewhere.net");
    await expect(register("ann@elsewhere.net")).rejects.toMatchObject({
      reason: "invitation_needed",
      message: expect.stringContaining("only addresses at example.org"),
    });
    await expect(register("ann@example.org.evil.net")).rejects.toMatchObject({
      reason: "invitation_needed",
    });
    await register("ann@example.org");
    const workspace = await api.as(first.token).workspaces.create({ name: "Mill" });
    const email = "guest@elsewhere.net";
    const { link } = await api
      .as(first.token)
      .invitations.create({ workspaceId: workspace.id, email, role: "viewer" });
    const invitation = new URL(link).searchParams.get("invitation") ?? "";
    await api.register({ email, password: PASSWORD, invitation });
  } finally {
    await api.stop();
  }
});

test("a closed server takes nobody in, not even with an invitation", async () => {
  const api = await startTestApi({ fixedSettings: { registration: "closed" } });
  try {
    const owner = await api.person("Ola");
    const workspace = await owner.call.workspaces.create({ name: "Mill" });
    const email = newEmail();
    const { link } = await owner.call.invitations.create({
      ...{ workspaceId: workspace.id, email, role: "viewer" },
    });
    const invitation = new URL(link).searchParams.get("invitation") ?? "";
    const asked = api.stranger.auth.register({ email, password: PASSWORD, invitation });
    await expect(asked).rejects.toMatchObject({ reason: "registration_closed" });
  } finally {
    await api.stop();
  }
});
