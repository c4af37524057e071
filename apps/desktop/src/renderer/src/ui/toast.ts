import { Toast } from "@base-ui/react/toast";

export const toasts = Toast.createToastManager();

type Notice = {
  title: string;
  description?: string;
  /** Given wherever the act can be taken back. */
  onUndo?: () => void;
  tone?: "done" | "failed";
};

/** Says what was done, from anywhere in the app. With Undo it stays for longer. */
export function notify({ title, description, onUndo, tone = "done" }: Notice): string {
  const id = toasts.add({
    title,
    description,
    type: tone,
    priority: tone === "failed" ? "high" : "low",
    timeout: onUndo || tone === "failed" ? 9000 : 5000,
    actionProps: onUndo && {
      children: "Undo",
      onClick: () => {
        toasts.close(id);
        onUndo();
      },
    },
  });
  return id;
}
