import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import type { Theme } from "./theme.ts";

export const themes: readonly { theme: Theme; label: string; icon: ReactNode }[] = [
  { theme: "system", label: "System", icon: <Monitor size={15} /> },
  { theme: "light", label: "Light", icon: <Sun size={15} /> },
  { theme: "dark", label: "Dark", icon: <Moon size={15} /> },
];
