/** What the sample's team has written down: a tree of some depth, for the screens of documents. */
import type { Person } from "../guildhall.ts";
import { sampleText } from "./sample-text.ts";

type Kind = "document" | "folder";
type Doc = { title: string; kind?: Kind; icon?: string; parentId?: string; projectId?: string };

/** Titles by which the screens find them. */
export const sampleDocuments = {
  handbook: "Handbook",
  onboarding: "Onboarding",
  private: "Budget of the reading room",
  plan: "Plan for the winter",
  template: "Minutes of a meeting",
} as const;

type Place = { workspaceId: string; projectId: string };
type Mentioned = { person: Person; task: { id: string; title: string } };

export async function makeDocuments(
  owner: Person,
  { workspaceId, projectId }: Place,
  mentioned: Mentioned,
) {
  const { documents } = owner.api;
  const make = async (doc: Doc) => (await documents.create.mutate({ workspaceId, ...doc })).id;
  const handbook = await make({ title: sampleDocuments.handbook, kind: "folder" });
  const onboarding = await make({ title: sampleDocuments.onboarding, parentId: handbook });
  for (const title of ["The first week", "Keys and accounts", "Who to ask"]) {
    await make({ title, parentId: onboarding });
  }
  await make({ title: "Opening hours", parentId: handbook });
  const decide = { title: "How we decide", parentId: handbook };
  const document = { id: await make(decide), title: decide.title };
  const budget = await make({ title: sampleDocuments.private, parentId: handbook });
  await documents.setVisibility.mutate({ id: budget, visibility: "private" });
  const plan = await make({ title: sampleDocuments.plan, icon: "❄️" });
  const update = sampleText({ ...mentioned, document });
  await documents.push.mutate({ documentId: plan, id: crypto.randomUUID(), update });
  await documents.addFavourite.mutate({ id: plan });
  const template = await make({ title: sampleDocuments.template });
  await documents.update.mutate({ id: template, patch: { isTemplate: true } });
  const research = await make({ title: "Research", kind: "folder", projectId });
  await make({ title: "Interviews with readers", parentId: research });
  const old = await make({ title: "Summer rota", kind: "folder" });
  await make({ title: "Week 28", parentId: old });
  await documents.delete.mutate({ id: old });
  return { handbook, plan };
}
