import { testFault } from "../test-fault.ts";
import { jitteryEditors } from "./typing-run.ts";

testFault(jitteryEditors);
