import type { Guildhall, Person } from "../guildhall.ts";

export async function named(guildhall: Guildhall, first: string, whole: string): Promise<Person> {
  const person = await guildhall.person(first);
  await person.api.auth.updateProfile.mutate({ name: whole });
  return { ...person, name: whole };
}
