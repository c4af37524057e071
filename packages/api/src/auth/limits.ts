/**
 * Bounds on what a stranger may try. Workers that share a Redis count together; while it is away each
 * counts for itself, so the bounds still hold on each worker and nobody is let in who would not be.
 */
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import type { Bus } from "../core/bus.ts";
import type { Limits } from "../core/context.ts";
import { tooManyTries } from "../core/errors.ts";

type Bound = { name: string; points: number; duration: number };
type Counter = { readonly limiter: RateLimiterAbstract };

/** Where tries are counted now: Redis may be reached for the first time long after the start. */
function counter(bus: Pick<Bus, "redis">, { name, points, duration }: Bound): Counter {
  const here = new RateLimiterMemory({ points, duration });
  let shared: RateLimiterRedis | null = null;
  return {
    get limiter() {
      if (!bus.redis) return here;
      shared ??= new RateLimiterRedis({
        points,
        duration,
        storeClient: bus.redis.client,
        keyPrefix: `${bus.redis.prefix}:limit:${name}`,
        insuranceLimiter: here,
        rejectIfRedisNotReady: true,
      });
      return shared;
    },
  };
}

async function take({ limiter }: Counter, key: string) {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw tooManyTries(refusal.msBeforeNext / 1_000);
    throw refusal;
  }
}

const QUARTER_HOUR = 15 * 60;

/** Sign-ins per account and address, other asks per address. */
export function createLimits(bus: Pick<Bus, "redis">): Limits {
  const bound = (name: string, points: number) =>
    counter(bus, { name, points, duration: QUARTER_HOUR });
  const login = bound("login", 10);
  /** One address that tries a known password on many accounts, or keeps our processor hashing. */
  const tries = bound("tries", 300);
  const strangers = bound("strangers", 200);
  const loginKey = (email: string, address: string) => `${email} ${address}`;
  return {
    login: {
      take: async (email, address) => {
        await take(tries, address);
        await take(login, loginKey(email, address));
      },
      forget: async (email, address) => {
        await tries.limiter.reward(address);
        await login.limiter.delete(loginKey(email, address));
      },
    },
    strangers: { take: (address) => take(strangers, address) },
  };
}
