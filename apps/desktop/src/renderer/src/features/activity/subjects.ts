/** What activity is about: how it is called now, and where it is. */
import type { Names } from "@guildhall/api/client";
import { useMemo } from "react";
import { useNameOf } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { pointer } from "@/lib/deep-link-target.ts";
import { paths } from "@/lib/paths.ts";
import type { ActivityGroup, ActivityNames } from "./activity-lines.ts";

/** `href` null: it is gone. */
export type ShownSubject = { key: string | null; title: string; href: string | null };

type About = Pick<ActivityGroup, "subject" | "title" | "commentId">;

/** The names that sentences need, and the things that lines are about. */
export function useSubjects(known: ActivityNames) {
  const workspace = useWorkspace();
  const nameOf = useNameOf();
  return useMemo(() => {
    const byId = <T extends { id: string }>(list: readonly T[]) =>
      new Map(list.map((each) => [each.id, each]));
    const tasks = byId(known.tasks);
    const documents = byId(known.documents);
    const projects = byId(workspace.projects);
    const statuses = byId(workspace.projects.flatMap((project) => project.statuses));
    const labels = byId(workspace.projects.flatMap((project) => project.labels));
    const excerpts = byId(known.comments);
    const names: Names = {
      status: (id) => statuses.get(id)?.name ?? null,
      label: (id) => labels.get(id)?.name ?? null,
      person: nameOf,
      task: (id) => tasks.get(id)?.key ?? null,
    };
    const target = (commentId: string | null) => (commentId ? pointer("comment", commentId) : "");
    function subjectOf({ subject: { entity, id }, title, commentId }: About): ShownSubject {
      const gone = { key: null, title: title || "Untitled", href: null };
      switch (entity) {
        case "task": {
          const task = tasks.get(id);
          if (!task) return gone;
          const href = paths.task(workspace.id, task.key) + target(commentId);
          return { key: task.key, title: task.title, href };
        }
        case "document": {
          const document = documents.get(id);
          if (!document) return gone;
          const href = paths.document(workspace.id, id) + target(commentId);
          return { key: null, title: document.title || "Untitled", href };
        }
        case "project": {
          const project = projects.get(id);
          if (!project) return gone;
          return { key: null, title: project.name, href: paths.project(workspace.id, project.key) };
        }
        case "workspace":
          return { key: null, title: workspace.name, href: paths.members(workspace.id) };
      }
    }
    return {
      names,
      nameOf,
      subjectOf,
      excerptOf: (id: string) => excerpts.get(id)?.excerpt ?? null,
    };
  }, [known, workspace, nameOf]);
}

export type Subjects = ReturnType<typeof useSubjects>;
