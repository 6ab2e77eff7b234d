import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ApiError } from "@/api/problem";
import type { MigrationText } from "@/api/types";
import { migrationQuery, useSaveMigration } from "./api";

export interface Draft {
  text: string;
  dirty: boolean;
  saving: boolean;
  error: unknown;
  /** The file as somebody else left it, while it is not decided whose text stays. */
  theirs: MigrationText | null;
  setText: (text: string) => void;
  save: () => Promise<boolean>;
  keepMine: () => Promise<boolean>;
  takeTheirs: () => void;
  decideLater: () => void;
  /** Forget what was not saved. */
  discard: () => void;
  isDirty: () => boolean;
}

interface Base {
  text: string;
  checksum: string;
}

const EMPTY = "";

/**
 * What is being written, and the file it is based on. A file that changed on the disk meanwhile
 * replaces a text that was not touched; one that was touched is never replaced without a question.
 */
export function useDraft(environment: string, migration: MigrationText): Draft {
  const client = useQueryClient();
  const saving = useSaveMigration(environment, migration.version);
  const [base, setBase] = useState<Base>(baseOf(migration));
  const [text, setText] = useState(migration.text);
  const [theirs, setTheirs] = useState<MigrationText | null>(null);
  // Read at once after a save, when the state on the screen is still the old one.
  const dirty = useRef(false);
  dirty.current = text !== base.text;

  if (!dirty.current && migration.checksum !== base.checksum && !saving.isPending) {
    setBase(baseOf(migration));
    setText(migration.text);
  }

  const write = async (checksum: string): Promise<boolean> => {
    try {
      const saved = await saving.mutateAsync({ text, checksum });
      setBase({ text, checksum: saved.checksum ?? EMPTY });
      dirty.current = false;
      setTheirs(null);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === "changed_meanwhile") {
        const options = migrationQuery(environment, migration.version);
        setTheirs(await client.fetchQuery({ ...options, staleTime: 0 }));
      }
      return false;
    }
  };
  const conflict = saving.error instanceof ApiError && saving.error.code === "changed_meanwhile";
  return {
    text,
    dirty: dirty.current,
    saving: saving.isPending,
    error: conflict ? null : saving.error,
    theirs,
    setText,
    save: () => (dirty.current && !saving.isPending ? write(base.checksum) : Promise.resolve(true)),
    keepMine: () => (theirs?.checksum ? write(theirs.checksum) : Promise.resolve(false)),
    takeTheirs: () => {
      if (!theirs) return;
      setBase(baseOf(theirs));
      setText(theirs.text);
      setTheirs(null);
    },
    decideLater: () => setTheirs(null),
    discard: () => {
      dirty.current = false;
    },
    isDirty: () => dirty.current,
  };
}

function baseOf(migration: MigrationText): Base {
  return { text: migration.text, checksum: migration.checksum ?? EMPTY };
}
