import type { ApiConfig } from "@guildhall/api/server";

/** What services need to know when nobody but a bench asks them anything. */
export const apiConfig = (log: ApiConfig["log"]): ApiConfig => ({
  jwtSecret: "for measuring only, nobody's secret",
  jwtAlgorithm: "HS256",
  changesKeepDays: 90,
  publicUrl: "http://bench",
  secureCookies: false,
  sendsMail: false,
  mailAfterMinutes: 5,
  notificationsKept: { days: 365, doneDays: 30 },
  sendMail: async () => {},
  log,
});
