/** One for each account, so that nothing of one is ever among another's, and signing out deletes it. */
export const databaseName = (account: string) => `guildhall-offline/${account}`;
