// Runs before the first paint, as a file of its own because the page allows no inline script.
// Without a choice the stylesheet follows the system by itself. The key is that of ui/theme.ts.
try {
  const chosen = localStorage.getItem("guildhall.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden (private window, policy): the system's theme it is.
}
