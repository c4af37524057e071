import type { Member } from "@/sync/types.ts";

export const peopleById = (members: readonly Member[]) =>
  new Map(members.map(({ userId, name }) => [userId, { id: userId, name }]));
