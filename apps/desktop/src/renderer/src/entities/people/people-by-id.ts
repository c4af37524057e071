import type { Member } from "@/entities/workspaces/workspace.ts";

export const peopleById = (members: readonly Member[]) =>
  new Map(members.map(({ userId, name }) => [userId, { id: userId, name }]));
