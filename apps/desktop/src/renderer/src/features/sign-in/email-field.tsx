import type { ComponentProps } from "react";
import { TextField } from "@/ui/controls/text-field.tsx";

/** The address by which one signs in. */
export const EmailField = (props: Omit<ComponentProps<typeof TextField>, "label">) => (
  <TextField label="Email" type="email" size="large" autoComplete="username" required {...props} />
);
