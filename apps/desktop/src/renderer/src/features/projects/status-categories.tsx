import type { Status } from "@/entities/workspaces/workspace.ts";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";

type Category = Status["category"];

export const categoryNames: Record<Category, string> = {
  backlog: "Backlog",
  unstarted: "To do",
  started: "In progress",
  completed: "Done",
  cancelled: "Cancelled",
};

export const categoryOptions = (Object.keys(categoryNames) as Category[]).map((value) => ({
  value,
  label: categoryNames[value],
  icon: <StatusIcon category={value} />,
}));
