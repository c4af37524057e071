import { expect, test } from "vitest";
import { changesOf, doneOptions } from "./audit-words.ts";

test("a change is told field by field, with what it was and is", () => {
  expect(changesOf({ role: "editor" }, { role: "viewer" })).toEqual(["Role: editor → viewer"]);
  expect(changesOf(null, { maxUses: 5, domain: null })).toEqual(["Max uses: 5", "Domain: none"]);
  expect(
    changesOf({ registrationDomains: [] }, { registrationDomains: ["a.org", "b.org"] }),
  ).toEqual(["Registration domains: none → a.org, b.org"]);
  expect(changesOf({ role: "guest" }, null)).toEqual(["Role: was guest"]);
  expect(changesOf(null, { rows: 7, bytes: 2_000_000 })).toEqual(["Rows: 7", "Size: 2 MB"]);
  expect(changesOf({ uploadMb: 20 }, { uploadMb: 40 })).toEqual(["Largest file in MB: 20 → 40"]);
  expect(changesOf(null, { reason: "too_many_tries" })).toEqual(["Reason: too many tries"]);
});

test("a workspace's log is filtered by its own actions, each with a name of its own", () => {
  const ofWorkspace = doneOptions("0190");
  const ofServer = doneOptions(null);
  expect(ofWorkspace.map(({ id }) => id)).not.toContain("account.signedIn");
  expect(ofServer.map(({ id }) => id)).toContain("account.signedIn");
  expect(ofServer.map(({ id }) => id)).toContain("member.roleChanged");
  expect(new Set(ofServer.map(({ label }) => label)).size).toBe(ofServer.length);
  expect(ofWorkspace.find(({ id }) => id === "member.roleChanged")?.label).toBe(
    "Changed the role of…",
  );
});
