import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

interface TabsProps<Name extends string> {
  label: string;
  value: Name;
  onChange: (name: Name) => void;
  tabs: readonly { name: Name; word: ReactNode }[];
  children: ReactNode;
}

export function Tabs<Name extends string>({
  label,
  value,
  onChange,
  tabs,
  children,
}: TabsProps<Name>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as Name)}
      className="min-w-0 rounded-lg border border-line bg-surface"
    >
      <Base.List aria-label={label} className="flex overflow-x-auto border-b border-line px-2">
        {tabs.map(({ name, word }) => (
          <Base.Tab
            key={name}
            value={name}
            className="-mb-px min-h-11 shrink-0 border-b-2 border-transparent px-3 text-ink-2 whitespace-nowrap hover:text-ink focus-visible:-outline-offset-2 data-[active]:border-accent data-[active]:font-semibold data-[active]:text-ink"
          >
            {word}
          </Base.Tab>
        ))}
      </Base.List>
      {children}
    </Base.Root>
  );
}

export function TabPanel({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Base.Panel value={name} className="focus-visible:-outline-offset-2">
      {children}
    </Base.Panel>
  );
}
