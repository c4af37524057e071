// Runs before the first paint, as a file of its own because the page allows no inline script.
// Without it the stylesheet follows the system by itself, and the frame is that of a stranger.
try {
  const { dataset } = document.documentElement;
  // The keys are those of ui/theme/theme.ts, sync/storage/persist.ts and app/shell/use-sidebar-state.ts.
  const chosen = localStorage.getItem("guildhall.theme");
  if (chosen === "light" || chosen === "dark") dataset.theme = chosen;
  if (localStorage.getItem("guildhall.shell")) dataset.signedIn = "";
  dataset.sidebar = localStorage.getItem("guildhall.sidebar") ?? "open";
} catch {
  // Storage may be forbidden (private window, policy).
}
