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
import type { Bus } from "../core/bus/bus.ts";
import type { Limits, SignInTry } from "../core/context.ts";
import { tooManyTries } from "../core/errors.ts";
import { placeOf } from "../core/place-of.ts";
import { instanceSettings } from "../core/settings/settings.ts";
import type { SettingsCache } from "../core/settings/settings-cache.ts";

type Bound = { name: string; points: number; duration: number };
type Counter = {
  readonly limiter: RateLimiterAbstract;
  /** So many from now on, also of those who have begun. */
  allow(points: number): void;
};

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
    allow(most) {
      for (const each of [here, shared]) if (each) each.points = most;
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
const DAY = 24 * 60 * 60;

/**
 * Sign-ins per account and place, per account over all places, and per place; other asks per place.
 *
 * Many addresses that try one account are bounded together, and that bound would let anybody lock a
 * person out. So a device on which they signed in before is not under it: it has one of its own, which
 * only those can use up who hold what such a device was given.
 */
export function createLimits(
  bus: Pick<Bus, "redis">,
  settings: Pick<SettingsCache, "read">,
): Limits {
  const bound = (name: string, points: number) =>
    counter(bus, { name, points, duration: QUARTER_HOUR });
  const login = bound("login", instanceSettings.signInTries.initially);
  /** One place that tries a known password on many accounts, or keeps our processor hashing. */
  const tries = bound("tries", 300);
  const fromAnywhere = bound("account", 100);
  const fromKnownDevices = bound("devices", 100);
  const strangers = bound("strangers", 200);
  const invitations = bound("invitations", instanceSettings.invitationsPerQuarterHour.initially);
  const confirmations = bound("confirmations", 3);
  /** Nobody's mailbox is filled by a stranger. */
  const signUps = bound("sign-ups", 5);
  const pictures = bound("pictures", 30);
  const providers = bound("providers", 2_000);
  /** Who tries codes knows the password. In a day they get 50 of a million, and lock no known device out. */
  const codes = bound("codes", 10);
  const codesFromAnywhere = counter(bus, { name: "codes-day", points: 50, duration: DAY });
  const codesFromKnownDevices = counter(bus, { name: "codes-known", points: 50, duration: DAY });
  const keysOf = ({ email, address, isKnownDevice }: SignInTry) => ({
    place: placeOf(address),
    accountHere: `${email} ${placeOf(address)}`,
    account: isKnownDevice ? fromKnownDevices : fromAnywhere,
  });
  return {
    login: {
      take: async (what) => {
        const { place, accountHere, account } = keysOf(what);
        await take(tries, place);
        login.allow((await settings.read()).signInTries);
        await take(login, accountHere);
        await take(account, what.email);
      },
      forget: async (what) => {
        const { place, accountHere, account } = keysOf(what);
        await tries.limiter.reward(place);
        await login.limiter.delete(accountHere);
        await account.limiter.reward(what.email);
      },
    },
    factors: {
      take: async (what) => {
        await take(codes, keysOf(what).accountHere);
        await take(what.isKnownDevice ? codesFromKnownDevices : codesFromAnywhere, what.email);
      },
      forget: async (what) => {
        await codes.limiter.delete(keysOf(what).accountHere);
        await (what.isKnownDevice ? codesFromKnownDevices : codesFromAnywhere).limiter.reward(
          what.email,
        );
      },
    },
    strangers: { take: (address) => take(strangers, placeOf(address)) },
    invitations: {
      take: async (userId) => {
        invitations.allow((await settings.read()).invitationsPerQuarterHour);
        await take(invitations, userId);
      },
    },
    confirmations: { take: (userId) => take(confirmations, userId) },
    signUps: { take: (email) => take(signUps, email) },
    pictures: { take: (userId) => take(pictures, userId) },
    providers: { take: (address) => take(providers, placeOf(address)) },
  };
}
