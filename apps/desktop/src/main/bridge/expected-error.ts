/** Its message is a sentence for the person: what happened, what was kept, what to do. */
export class ExpectedError extends Error {}
