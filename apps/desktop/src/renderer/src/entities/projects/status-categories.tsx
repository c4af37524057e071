import { statusCategories } from "@guildhall/api/client";
import { categoryNames, StatusIcon } from "@/ui/icons/status-icon.tsx";

export const categoryOptions = statusCategories.map((value) => ({
  value,
  label: categoryNames[value],
  icon: <StatusIcon category={value} />,
}));
