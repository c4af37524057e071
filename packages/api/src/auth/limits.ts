import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Limits } from "../core/context.ts";
import { tooManyTries } from "../core/errors.ts";

async function take(limiter: RateLimiterMemory, key: string) {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw tooManyTries(refusal.msBeforeNext / 1_000);
    throw refusal;
  }
}

const QUARTER_HOUR = 15 * 60;

/** Bounds on what a stranger may try: sign-ins per account and address, other asks per address. */
export function createLimits(): Limits {
  const login = new RateLimiterMemory({ points: 10, duration: QUARTER_HOUR });
  /** One address that tries a known password on many accounts, or keeps our processor hashing. */
  const tries = new RateLimiterMemory({ points: 300, duration: QUARTER_HOUR });
  const strangers = new RateLimiterMemory({ points: 200, duration: QUARTER_HOUR });
  const loginKey = (email: string, address: string) => `${email} ${address}`;
  return {
    login: {
      take: async (email, address) => {
        await take(tries, address);
        await take(login, loginKey(email, address));
      },
      forget: async (email, address) => {
        await tries.reward(address);
        await login.delete(loginKey(email, address));
      },
    },
    strangers: { take: (address) => take(strangers, address) },
  };
}
