/** Who may see and change who is in a workspace: the workspace itself, its members, invitations and groups. */
import { type Expectation, nothing, onWorkspace, personal } from "./expectation.ts";

export const members: Record<string, Expectation> = {
  "workspaces.create": { need: "person", input: () => ({ name: "Another" }) },
  "workspaces.list": { need: "person", input: nothing },
  "workspaces.open": onWorkspace("guest"),
  "workspaces.members": onWorkspace("guest"),
  "workspaces.delete": {
    ...onWorkspace("owner", (w) => ({ workspaceId: w.workspaceId, name: "Not its name" })),
    token: "session_only",
    answer: "name_differs",
  },
  "workspaces.handOver": {
    ...onWorkspace("owner", async (w) => ({
      ...{ workspaceId: w.workspaceId, userId: await w.member(), afterwards: "owner" },
    })),
    token: "session_only",
  },
  "workspaces.restore": personal((w) => ({ workspaceId: w.workspaceId }), "not_found"),
  "workspaces.deleted": { need: "person", input: nothing },
  "pictures.removeOfWorkspace": onWorkspace("owner"),
  "workspaces.update": onWorkspace("owner", (w) => ({
    workspaceId: w.workspaceId,
    patch: { name: "Mill" },
  })),

  "members.add": onWorkspace("owner", (w) => ({
    workspaceId: w.workspaceId,
    email: "another.guest@example.com",
    role: "viewer",
  })),
  "members.addresses": onWorkspace("editor"),
  "members.setRole": onWorkspace("owner", async (w) => ({
    workspaceId: w.workspaceId,
    userId: await w.member(),
    role: "editor",
  })),
  "members.belongings": onWorkspace("owner", async (w) => ({
    workspaceId: w.workspaceId,
    userId: await w.member(),
  })),
  "members.remove": onWorkspace("owner", async (w) => ({
    workspaceId: w.workspaceId,
    userId: await w.member(),
  })),

  "invitations.create": onWorkspace("owner", (w) => ({
    workspaceId: w.workspaceId,
    email: "guest@example.com",
    role: "viewer",
  })),
  "invitations.createLink": onWorkspace("owner", (w) => ({
    ...{ workspaceId: w.workspaceId, role: "viewer", days: 7, maxUses: 5 },
    ...{ domain: null, label: null },
  })),
  "invitations.createMany": onWorkspace("owner", (w) => ({
    ...{ workspaceId: w.workspaceId, role: "viewer" },
    people: "Guest <many.guest@example.com>",
  })),
  "invitations.remind": onWorkspace("owner", async (w) => ({ id: await w.invitation() })),
  "invitations.list": onWorkspace("owner"),
  "invitations.revoke": onWorkspace("owner", async (w) => ({ id: await w.invitation() })),
  "invitations.preview": {
    need: "anyone",
    input: () => ({ secret: "x" }),
    answer: "invitation_expired",
  },
  "invitations.mine": { need: "person", input: nothing },
  "invitations.accept": {
    need: "person",
    input: () => ({ secret: "x" }),
    answer: "invitation_expired",
  },
  "invitations.decline": {
    need: "person",
    input: (w) => ({ id: w.never() }),
    answer: "invitation_expired",
  },

  "groups.list": onWorkspace("viewer"),
  "groups.roles": onWorkspace("viewer", async (w) => ({ id: await w.group() })),
  "groups.create": onWorkspace("owner", (w) => ({
    workspaceId: w.workspaceId,
    name: w.freeKey(),
  })),
  "groups.update": onWorkspace("owner", async (w) => ({
    id: await w.group(),
    patch: { description: "Who draws" },
  })),
  "groups.delete": onWorkspace("owner", async (w) => ({ id: await w.group() })),
  "groups.addMembers": onWorkspace("owner", async (w) => ({
    id: await w.group(),
    userIds: [await w.member()],
  })),
  "groups.removeMembers": onWorkspace("owner", (w) => w.groupWithMember()),
  "groups.undo": onWorkspace("owner", async (w) => ({ id: await w.group(), of: w.never() })),
};
