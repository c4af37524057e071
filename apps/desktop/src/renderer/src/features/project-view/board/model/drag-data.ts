/** What is dragged, as the drag itself carries it: its data is untyped, these read it back. */
type Data = Record<string | symbol, unknown>;

const card = Symbol("card");
const column = Symbol("column");

const read = (data: Data, kind: symbol) => {
  const id = data[kind];
  return typeof id === "string" ? id : null;
};

export const cardData = (taskId: string): Data => ({ [card]: taskId });
export const columnData = (statusId: string): Data => ({ [column]: statusId });

export const readCard = (data: Data) => read(data, card);
export const readColumn = (data: Data) => read(data, column);
