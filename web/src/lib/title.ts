import { useEffect } from "react";

/** The class goes first: a window is told apart by its title when nothing else of it is seen. */
export function useDocumentTitle(environmentClass: string | null, name: string | null): void {
  useEffect(() => {
    const mark = environmentClass ? `[${environmentClass.toUpperCase()}] ` : "";
    document.title = `${mark}Vado${name ? ` – ${name}` : ""}`;
  }, [environmentClass, name]);
}
