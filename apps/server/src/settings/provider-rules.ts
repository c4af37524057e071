/** The settings of each provider in OIDC_PROVIDERS: OIDC_CORP_ISSUER is `ISSUER` of the one named corp. */
import { workspaceRoles } from "@guildhall/db/lists";
import { z } from "zod";
import { choice, domains, number, type Rule, yesOrNo } from "./kinds.ts";

/** `staff -> 0198…:editor; * -> 0198…:viewer`: names of groups in a directory have commas and colons. */
const claimList = z
  .string()
  .default("")
  .transform((list): unknown[] =>
    list
      .split(";")
      .map((each) => each.trim())
      .filter(Boolean)
      .map((each) => {
        const [, value, workspaceId, what] = /^(.+?)\s*->\s*([^\s:]+)\s*:\s*(.+)$/.exec(each) ?? [];
        return { value, workspaceId, role: what, group: what };
      }),
  );
const given = z.object({ value: z.string(), workspaceId: z.uuid() });

/** Yes, no, or what the provider has to say of how somebody signed in there. */
const factorWord = z
  .string()
  .default("false")
  .transform((word) => {
    const answer = yesOrNo.safeParse(word);
    if (answer.success) return answer.data;
    return word
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean);
  })
  .pipe(z.union([z.boolean(), z.array(z.string().regex(/^[\w.:/#-]{1,200}$/)).min(1)]));

/** A claim's name, or the way to it with dots. */
const claim = (initially: string) => ({
  schema: z
    .string()
    .regex(/^[\w.:/-]{1,200}$/)
    .default(initially),
  must: "be the name of a claim",
  example: initially,
});

export const providerRules = {
  ISSUER: {
    schema: z.url({ protocol: /^https?$/ }),
    must: "be the address of the provider, as it calls itself",
    example: "https://login.example.org/realms/main",
  },
  CLIENT_ID: {
    schema: z.string().min(1),
    must: "be what this server is called at the provider",
    example: "guildhall",
  },
  CLIENT_SECRET: {
    schema: z.string().min(1).optional(),
    must: "be the secret of that client",
    example: "a-secret",
    secret: true,
  },
  NAME: {
    schema: z.string().min(1).max(40).optional(),
    must: "be a name for the button, of 40 characters at most",
    example: "Example Inc.",
  },
  SCOPES: {
    schema: z
      .string()
      .default("openid email profile")
      .refine((list) => list.split(/\s+/).includes("openid")),
    must: "be scopes with spaces between, openid among them",
    example: "openid email profile",
  },
  DOMAINS: {
    schema: z
      .literal("*")
      .transform(() => ["*"])
      .or(domains)
      .default([]),
    must: "be domains with commas between, or * for all",
    example: "example.org,example.com",
  },
  CLAIM_VERIFIED: claim("email_verified"),
  CLAIM_GROUPS: claim("groups"),
  ROLES: {
    schema: claimList.pipe(z.array(given.extend({ role: z.enum(workspaceRoles) }))),
    must: `be a list as in the example: the value in the claim, the id of a workspace and ${workspaceRoles.join(", ")}`,
    example: "staff -> 0198c0de-0000-7000-8000-000000000000:editor",
  },
  GROUPS: {
    schema: claimList.pipe(z.array(given.extend({ group: z.string().max(100) }))),
    must: "be a list as in the example: the value in the claim, the id of a workspace and the name of a group there",
    example: "staff -> 0198c0de-0000-7000-8000-000000000000:Staff",
  },
  SECOND_FACTOR: {
    schema: factorWord,
    must: "be true, false, or values with commas between, of which `amr` or `acr` has to say one",
    example: "mfa",
  },
  CLOCK_TOLERANCE: number([0, 600], 30, { unit: "seconds" }),
  INSECURE: choice("false"),
} satisfies Record<string, Rule>;
