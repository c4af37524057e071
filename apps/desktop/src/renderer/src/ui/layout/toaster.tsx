import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { toasts } from "@/ui/overlays/toast.ts";

/** Once, in the root: the place where notify() shows up. */
export function Toaster() {
  return (
    <Base.Provider toastManager={toasts} limit={3}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-[340px] max-w-[calc(100vw-32px)] flex-col-reverse gap-2">
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function List() {
  const { toasts: shown } = Base.useToastManager();
  return shown.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="popup transition-[opacity,transform] data-ending-style:translate-y-1 data-starting-style:translate-y-2 data-limited:hidden"
    >
      <Base.Content className="flex items-start gap-2.5 py-2.5 pr-2 pl-3">
        {toast.type === "failed" ? (
          <CircleAlert size={16} className="mt-1 shrink-0 text-danger-ink" aria-hidden="true" />
        ) : (
          <CircleCheck size={16} className="mt-1 shrink-0 text-success-ink" aria-hidden="true" />
        )}
        <div className="min-w-0 flex-1 py-[3px]">
          <Base.Title className="font-medium text-13" render={<p dir="auto" />} />
          <Base.Description className="mt-0.5 text-12 text-muted" />
        </div>
        {toast.actionProps && (
          <Base.Action className="h-6 rounded-control px-2 font-medium text-accent-ink text-13 hover:bg-hover active:bg-active" />
        )}
        <Base.Close render={<IconButton label="Dismiss" size="small" icon={<X size={14} />} />} />
      </Base.Content>
    </Base.Root>
  ));
}
