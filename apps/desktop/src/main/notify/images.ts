import { nativeImage } from "electron";
import tray from "./images/tray.png?inline";
import template from "./images/tray-mac.png?inline";
import unread from "./images/tray-unread.png?inline";

const digits = import.meta.glob<string>("./images/overlay-*.png", {
  eager: true,
  query: "?inline",
  import: "default",
});

/** Drawn for two dots a point. */
function sharp(url: string) {
  const bytes = Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
  return nativeImage.createFromBuffer(bytes, { scaleFactor: 2 });
}

/** macOS colours it for its menu bar, and says the number beside it. */
export function trayImage(hasUnread: boolean, platform: NodeJS.Platform) {
  if (platform !== "darwin") return sharp(hasUnread ? unread : tray);
  const image = sharp(template);
  image.setTemplateImage(true);
  return image;
}

/** What Windows shows on the app's button in the taskbar: up to nine, or more. */
export function overlayImage(total: number) {
  const name = total > 9 ? "more" : String(total);
  const url = digits[`./images/overlay-${name}.png`];
  return url ? sharp(url) : null;
}
