import { createFolderStore, createServices, type Services } from "@guildhall/api/server";
import { apiConfig } from "./api-config.ts";

/** Only as long as it is used: it would do some of the measured server's work in the background. */
export async function withServices<T>(
  databaseUrl: string,
  use: (services: Services) => Promise<T>,
) {
  const services = await createServices({
    databaseUrl,
    pool: 4,
    files: createFolderStore("/nowhere"),
    config: apiConfig({ info() {}, warn: console.warn, error: console.error }),
  });
  try {
    return await use(services);
  } finally {
    await services.stop();
  }
}
