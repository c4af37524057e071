/** The S3 server of the tests in a process of its own. */
import { startTestS3 } from "@guildhall/testing/s3";

const { settings } = await startTestS3();
console.log(`S3 is ready at ${settings.publicUrl}`);
process.once("SIGTERM", () => process.exit());
