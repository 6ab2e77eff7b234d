import { Menu } from "@base-ui/react/menu";
import { Check, Languages, type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "@/api/queries";
import type { Preferences } from "@/api/types";
import { type Language, setLanguage } from "@/lib/i18n";
import { useLanguage } from "@/lib/use-format";

const THEMES: Record<Preferences["theme"], LucideIcon> = {
  system: Monitor,
  light: Sun,
  dark: Moon,
};
const LANGUAGES: Record<Language, string> = { en: "English", es: "Español" };

const TRIGGER =
  "inline-flex min-h-9 min-w-9 items-center justify-center gap-1.5 rounded-md px-2 text-ink-2 transition-colors hover:bg-sunken hover:text-ink data-[popup-open]:bg-sunken";

interface ChoicesProps {
  label: string;
  trigger: ReactNode;
  value: string;
  choices: readonly { value: string; word: ReactNode }[];
  onChoose: (value: string) => void;
}

function Choices({ label, trigger, value, choices, onChoose }: ChoicesProps) {
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={label} title={label} className={TRIGGER}>
        {trigger}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className="min-w-40 rounded-lg border border-line bg-surface p-1.5 text-ink shadow-float">
            <Menu.RadioGroup value={value} onValueChange={onChoose}>
              {choices.map((choice) => (
                <Menu.RadioItem
                  key={choice.value}
                  value={choice.value}
                  closeOnClick
                  className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2.5 data-[highlighted]:bg-sunken"
                >
                  <span className="w-4 text-accent">
                    <Menu.RadioItemIndicator>
                      <Check size={16} aria-hidden />
                    </Menu.RadioItemIndicator>
                  </span>
                  {choice.word}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Language and theme; both are kept by the server, so that each window finds them. */
export function PreferenceMenus() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { preferences, change } = usePreferences();
  const Theme = THEMES[preferences.theme];
  const choose = (next: string) => {
    setLanguage(next as Language);
    change({ language: next as Language });
  };
  return (
    <>
      <Choices
        label={t("preferences.language")}
        trigger={
          <>
            <Languages size={17} aria-hidden />
            <span className="text-xs font-semibold uppercase max-sm:hidden">{language}</span>
          </>
        }
        value={language}
        choices={Object.entries(LANGUAGES).map(([value, word]) => ({
          value,
          word: <span lang={value}>{word}</span>,
        }))}
        onChoose={choose}
      />
      <Choices
        label={t("preferences.theme")}
        trigger={<Theme size={17} aria-hidden />}
        value={preferences.theme}
        choices={(["system", "light", "dark"] as const).map((value) => ({
          value,
          word: t(`preferences.${value}`),
        }))}
        onChoose={(theme) => change({ theme: theme as Preferences["theme"] })}
      />
    </>
  );
}
