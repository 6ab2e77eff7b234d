import { createContext, useContext } from "react";
import type { Environment } from "@/api/types";

export const EnvironmentContext = createContext<Environment | null>(null);

/** The environment of the address; every screen below the shell has one. */
export function useEnvironment(): Environment {
  const environment = useContext(EnvironmentContext);
  if (environment === null) throw new Error("there is no environment here");
  return environment;
}
