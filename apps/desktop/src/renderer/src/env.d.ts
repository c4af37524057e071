interface ImportMetaEnv {
  readonly VITE_API_URL?: string;
  /** Of whom the desktop app takes updates, with commas between; without it, of nobody. */
  readonly VITE_DESKTOP_FEED_KEYS?: string;
  /** A web folder with its updates; without it, the server has them. */
  readonly VITE_DESKTOP_FEED_URL?: string;
}
