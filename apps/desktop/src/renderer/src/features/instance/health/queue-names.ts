/** What a queue's jobs do, for people; one of a newer server is told by its own name. */
export const queueNames = new Map([
  ["imports", "Import"],
  ["documents", "Reading a document"],
  ["files", "Reading a file"],
  ["erasures", "Erasing what was deleted"],
  ["notification-mails", "Mail to"],
  ["pushes", "Push notifications to"],
  ["reminders", "Reminders"],
  ["sittings", "Notifying of edited documents"],
]);
