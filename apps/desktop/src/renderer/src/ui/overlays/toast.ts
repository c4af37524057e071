import { Toast } from "@base-ui/react/toast";

export const toasts = Toast.createToastManager();

type Notice = {
  title: string;
  description?: string;
  /** Given wherever it can be taken back. */
  onUndo?: () => void;
  /** What else one may want to do about it, where there is nothing to take back. */
  command?: { label: string; run: () => void };
  tone?: "done" | "failed";
  /** Until it is dismissed. */
  stays?: boolean;
};

/** Says what was done, from anywhere in the app. With Undo it stays for longer. */
export function notify({
  title,
  description,
  onUndo,
  command,
  tone = "done",
  stays,
}: Notice): string {
  const offer = onUndo ? { label: "Undo", run: onUndo } : command;
  const id = toasts.add({
    title,
    description,
    type: tone,
    priority: tone === "failed" ? "high" : "low",
    timeout: stays ? 0 : offer || tone === "failed" ? 9000 : 5000,
    actionProps: offer && {
      children: offer.label,
      onClick: () => {
        toasts.close(id);
        offer.run();
      },
    },
  });
  return id;
}
