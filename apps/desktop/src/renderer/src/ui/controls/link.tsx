import { type ComponentProps, createContext, type MouseEvent, use } from "react";

/** Set by the root to the router's own navigation; without it a link is a plain link. */
export const NavigateContext = createContext<((href: string) => void) | null>(null);

/**
 * A real link, so that a new window, copying and the status bar work, which a plain click follows
 * inside the app. The components here know no router.
 */
export function Link({ onClick, ...anchor }: ComponentProps<"a"> & { href: string }) {
  const navigate = use(NavigateContext);

  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const isPlain =
      event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (event.defaultPrevented || !navigate || !isPlain || anchor.target === "_blank") return;
    event.preventDefault();
    navigate(anchor.href);
  }

  return (
    // biome-ignore lint/a11y/useValidAnchor: it has a place to go to, and every key a link has.
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link's Enter is a click.
    // biome-ignore lint/a11y/noStaticElementInteractions: href comes with the props.
    <a {...anchor} onClick={follow} />
  );
}
