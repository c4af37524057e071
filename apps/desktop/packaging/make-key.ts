/** `npm run desktop:key`: a pair of keys, of which one is built into the app and the other signs its updates. */
import { generateKeyPairSync } from "node:crypto";
import { publicKeyOf } from "@guildhall/api/desktop-feed";

const { privateKey } = generateKeyPairSync("ed25519");
const key = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
process.stdout.write(
  `# Built into the app; anybody may know it.
VITE_DESKTOP_FEED_KEYS=${publicKeyOf(key)}
# Signs updates: whoever has it can put any program on every computer that has the app. Keep it where you keep the
# certificates that sign the app, and never on a server.
DESKTOP_SIGNING_KEY=${key}
`,
);
