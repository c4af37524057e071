import { refused } from "../core/errors.ts";
import { misplacedDay, type Some, taskProperties } from "./properties.ts";

/** Of a task as it would be: no day may come after the one that it precedes. */
export function checkDays(task: Some) {
  const misplaced = misplacedDay(task);
  if (!misplaced) return;
  const [name, later] = [misplaced.name, misplaced.later].map((each) =>
    taskProperties[each].label.toLowerCase(),
  );
  throw refused("days_out_of_order", `Nothing was saved: the ${name} can't be after the ${later}.`);
}
