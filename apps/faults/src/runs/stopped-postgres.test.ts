import { testFault } from "../test-fault.ts";
import { stoppedPostgres } from "./stopped-postgres-run.ts";

testFault(stoppedPostgres);
