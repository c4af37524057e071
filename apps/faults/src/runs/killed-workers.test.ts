import { testFault } from "../test-fault.ts";
import { killedWorkers } from "./killed-workers-run.ts";

testFault(killedWorkers);
