/** Clocks: from the time that a wall clock shows to the moment, and back. */

/**
 * Minutes east of UTC of the names that RFC 5322 defines, and of those that mean one thing. "IST" is three
 * zones, and "AST" and "BST" two: they are left out.
 */
const NAMED: Record<string, number> = {
  ...{
    z: 0,
    ut: 0,
    utc: 0,
    gmt: 0,
    wet: 0,
    west: 60,
    cet: 60,
    cest: 120,
    eet: 120,
    eest: 180,
    msk: 180,
  },
  ...{ est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420 },
  ...{
    akst: -540,
    akdt: -480,
    hst: -600,
    jst: 540,
    kst: 540,
    aest: 600,
    aedt: 660,
    nzst: 720,
    nzdt: 780,
  },
};

/** `Z`, `+02`, `-0230`, `GMT+5:30`, `PST`: minutes east of UTC; null for what is none of these. */
export function zoneMinutes(zone: string): number | null {
  const named = NAMED[zone.toLowerCase()];
  if (named !== undefined) return named;
  const match = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(zone);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60) return null;
  return match[1] === "-" ? -minutes : minutes;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  });
  clocks.set(zone, made);
  return made;
}

/** What a clock in the zone shows at this moment, in milliseconds as if it were UTC. */
export function wallClock(instant: Date, zone: string): number {
  if (zone === "UTC") return instant.getTime();
  const parts = clockOf(zone).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    of("year"),
    of("month") - 1,
    of("day"),
    of("hour"),
    of("minute"),
    of("second"),
  );
  return shown + (((instant.getTime() % 1000) + 1000) % 1000);
}

/** When a clock in the zone shows this; of an hour that is there twice the first, of one that is left out the next. */
export function momentOf(wall: number, zone: string): Date {
  if (zone === "UTC") return new Date(wall);
  const offsetAt = (moment: number) => wallClock(new Date(moment), zone) - moment;
  const offsets = [offsetAt(wall - 86_400_000), offsetAt(wall + 86_400_000)];
  const [found] = offsets
    .map((offset) => wall - offset)
    .filter((moment) => wallClock(new Date(moment), zone) === wall)
    .toSorted((a, b) => a - b);
  return new Date(found ?? wall - Math.min(...offsets));
}
