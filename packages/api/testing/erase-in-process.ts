/** A process of its own that erases a workspace or a project, and says each step that is committed: to be killed. */

import { eraseProject } from "../src/erasure/erase-project.ts";
import { eraseWorkspace } from "../src/erasure/erase-workspace.ts";
import { createFolderStore, createServices } from "../src/server.ts";

const { DATABASE_URL = "", FILES = "", ID = "" } = process.env;
const services = await createServices({
  databaseUrl: DATABASE_URL,
  pool: 3,
  meilisearch: undefined,
  files: createFolderStore(FILES),
  config: {
    ...{ jwtSecret: "a secret for tests only, 32 bytes", jwtAlgorithm: "HS256", passwordCost: 4 },
    ...{ fixedSettings: {}, changesKeepDays: 90, notificationsKept: { days: 365, doneDays: 30 } },
    ...{ publicUrl: "http://guildhall.test", secureCookies: false, sendsMail: false },
    mailAfterMinutes: 5,
    sendMail: async () => {},
    log: { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) },
  },
});
for await (const step of eraseWorkspace(services, ID)) console.log(step);
for await (const step of eraseProject(services, ID)) console.log(step);
// Whatever is still open in it ends with it.
console.log("over");
process.exit(0);
