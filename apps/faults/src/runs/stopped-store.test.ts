import { testFault } from "../test-fault.ts";
import { stoppedStore } from "./stopped-store-run.ts";

testFault(stoppedStore);
