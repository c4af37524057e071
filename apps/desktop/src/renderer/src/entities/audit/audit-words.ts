import {
  type AuditAction,
  type AuditActionName,
  auditActionNames,
  auditActions,
} from "@guildhall/api/client";
import { formatBytes } from "@/ui/format/format-count.ts";
import { exactTime } from "@/ui/format/format-time.ts";

/** Of a workspace's log, or of the server's, which has all of them. */
export function doneOptions(workspaceId: string | null) {
  const named = auditActionNames
    .filter((name) => workspaceId === null || auditActions[name].scope === "workspace")
    .map((id) => ({ id, label: labelOf(id), kind: auditActions[id].subject }));
  const isTwice = (label: string) => named.filter((other) => other.label === label).length > 1;
  return named.map(({ id, label, kind }) => ({
    id,
    label: isTwice(label) ? `${label} (${kind})` : label,
  }));
}

/** "Changed the role of…" */
function labelOf(name: AuditActionName) {
  const { sentence }: AuditAction = auditActions[name];
  const text = sentence.replace(/ ?\{subject\}/, "…");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Values = Record<string, unknown> | null;

/** "Role: editor → viewer", one for each field. */
export function changesOf(before: Values, after: Values): string[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].map((field) => {
    const name = wordsOf(field);
    const [was, is] = [before, after].map((values) => asRead(field, values?.[field]));
    if (was === undefined) return `${name}: ${shown(is)}`;
    if (is === undefined) return `${name}: was ${shown(was)}`;
    return `${name}: ${shown(was)} → ${shown(is)}`;
  });
}

/** Of those that their own words would not tell. */
const fieldNames = new Map([
  ["auditKeepDays", "Audit log retention in days"],
  ["bytes", "Size"],
  ["exporterRole", "Export from role"],
  ["inviterRole", "Invite from role"],
  ["madeAt", "Backup of"],
  ["projectVisibility", "Visibility of new projects"],
  ["defaultRole", "Role of new people"],
  ["uploadMb", "Largest file in MB"],
  ["workspaceFilesGb", "Storage for each workspace in GB"],
  ["requiresSecondFactor", "Second factor required"],
]);

/** As it is read: a size in its unit, a reason in words. */
function asRead(field: string, value: unknown) {
  if (field === "bytes" && typeof value === "number") return formatBytes(value);
  return field === "reason" && typeof value === "string" ? value.replaceAll("_", " ") : value;
}

/** `maxUses`: "Max uses". */
function wordsOf(field: string) {
  const named = fieldNames.get(field);
  if (named) return named;
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.map(shown).join(", ") : "none";
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return INSTANT.test(value) ? exactTime(new Date(value)) : value;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
