import { createRedisBus, type RedisBus } from "@guildhall/api/server";
import type { Env } from "../settings/env.ts";
import type { Log } from "../telemetry/logger.ts";

/** The setting is a bound: one listens, and more than three that send only cost Redis. */
const MOST_OF_USE = 4;

/** How this process hears of others; null when there are none. Redis may be away, unless it is required. */
export async function openBus(env: Env, log: Log): Promise<RedisBus | null> {
  if (!env.REDIS_URL) return null;
  const bus = await createRedisBus({
    urls: env.REDIS_URL,
    prefix: env.REDIS_PREFIX,
    maxConnections: Math.min(env.REDIS_MAX_CONNECTIONS, MOST_OF_USE),
    socketTimeoutSeconds: env.REDIS_SOCKET_TIMEOUT,
    retryOnTimeout: env.REDIS_RETRY_ON_TIMEOUT,
    log,
  });
  if (await bus.within(env.REDIS_SOCKET_TIMEOUT * 1_000)) return bus;
  const said = bus.problem ? ` (${bus.problem})` : "";
  if (env.REDIS_REQUIRED) {
    await bus.stop();
    throw new Error(
      `The Redis server of REDIS_URL isn't responding${said}, and REDIS_REQUIRED is true. Start it, or check its address, user and password.`,
    );
  }
  log.warn(
    {},
    `Redis isn't responding${said}. Guildhall works without it and keeps trying to reconnect. Until then, changes from other workers arrive a few seconds late.`,
  );
  return bus;
}
