import { testFault } from "../test-fault.ts";
import { killedBeforeMail } from "./killed-before-mail-run.ts";

testFault(killedBeforeMail);
