/** The browser for the tests of the pages: one that is here, or Debian's, brought by apt. */
import { existsSync } from "node:fs";
import path from "node:path";
import { must } from "./processes.mjs";

const programFolders = [
  process.env.PROGRAMFILES,
  process.env["PROGRAMFILES(X86)"],
  process.env.LOCALAPPDATA,
];
const known = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/microsoft-edge",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: programFolders
    .filter(Boolean)
    .flatMap((folder) => [
      path.join(folder, "Google", "Chrome", "Application", "chrome.exe"),
      path.join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]),
};
const advice = {
  linux: "sudo apt-get install chromium",
  darwin: "brew install --cask google-chrome",
  win32: "winget install Google.Chrome",
};

/** The path of a browser; throws the command that gets one where we may not. */
export async function ensureChromium() {
  const here = find();
  if (here) return here;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium for the tests of the pages …");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await must("apt-get", ["update", "-qq"], { env });
    await must("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env });
    const installed = find();
    if (installed) return installed;
  }
  throw new Error(
    `The tests of the pages need Chromium, Chrome or Edge. This gets one: ${advice[process.platform] ?? "install Chromium"}. Or name it in CHROMIUM_PATH.`,
  );
}

function find() {
  const named = process.env.CHROMIUM_PATH;
  return [named, ...(known[process.platform] ?? [])].find((each) => each && existsSync(each));
}
