import { lazy } from "react";

/** The editor weighs more than all the rest; it is fetched where SQL is shown, and only there. */
export const SqlEditor = lazy(() =>
  import("./sql/editor").then((module) => ({ default: module.SqlEditor })),
);

export const SqlMerge = lazy(() =>
  import("./sql/merge").then((module) => ({ default: module.SqlMerge })),
);
