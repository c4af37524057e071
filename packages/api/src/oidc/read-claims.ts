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

/** As many groups as are looked at. */
const MOST = 1_000;

/**
 * The values of its claim of groups. Null when there are more than the provider puts into a token (Entra
 * ID then only names another place to ask, or says that there are some), or than are looked at: they are
 * not none.
 */
export function groupsIn(claims: Claims, { claims: names }: IdentityProvider): string[] | null {
  const value = claimAt(claims, names.groups);
  if (Array.isArray(value)) {
    return value.length > MOST ? null : value.filter((each) => typeof each === "string");
  }
  if (typeof value === "string") return [value];
  if (isTrue(claims.hasgroups)) return null;
  const elsewhere = claims._claim_names;
  const isElsewhere =
    typeof elsewhere === "object" && elsewhere !== null && Object.hasOwn(elsewhere, names.groups);
  return isElsewhere ? null : [];
}

/** Whether somebody has shown a second factor there, as far as the settings take its word for that. */
export function hasShownFactor(claims: Claims, { secondFactor }: IdentityProvider): boolean {
  if (typeof secondFactor === "boolean") return secondFactor;
  const said = [claims.acr, ...(Array.isArray(claims.amr) ? claims.amr : [claims.amr])];
  return said.some((each) => typeof each === "string" && secondFactor.includes(each));
}

/** When somebody showed there who they are; null when it doesn't say. */
export function authenticatedAt({ auth_time: seconds }: Claims): Date | null {
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) return null;
  return new Date(Math.min(seconds * 1_000, Date.now()));
}

export const text = (claim: unknown): string | null =>
  typeof claim === "string" && claim.trim() !== "" ? claim.trim() : null;
