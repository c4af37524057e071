/** What a provider says of a person, out of the many shapes in which providers say it. */
import type { IdentityProvider } from "../core/context.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** A claim by its name, or by the way to it where it stands inside others, as Keycloak's `realm_access.roles`. */
export function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split(".")
    .reduce<unknown>(
      (at, part) =>
        typeof at === "object" && at !== null && Object.hasOwn(at, part)
          ? (at as Claims)[part]
          : undefined,
      claims,
    );
}

/** Entra ID says it by `xms_edov` as 1 or "1", some others by "true". */
export const isTrue = (claim: unknown): boolean =>
  claim === true || claim === 1 || claim === "1" || claim === "true";

/**
 * The values of its claim of groups. Null when there are more than the provider puts into a token (Entra
 * ID then only names another place to ask): they are not none.
 */
export function groupsIn(claims: Claims, { claims: names }: IdentityProvider): string[] | null {
  const value = claimAt(claims, names.groups);
  if (Array.isArray(value)) return value.filter((each) => typeof each === "string");
  if (typeof value === "string") return [value];
  const elsewhere = claims._claim_names;
  const isElsewhere =
    typeof elsewhere === "object" && elsewhere !== null && Object.hasOwn(elsewhere, names.groups);
  return isElsewhere ? null : [];
}

export const text = (claim: unknown): string | null =>
  typeof claim === "string" && claim.trim() !== "" ? claim.trim() : null;
