import { testFault } from "../test-fault.ts";
import { killedServer } from "./killed-server-run.ts";

testFault(killedServer);
