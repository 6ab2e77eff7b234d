import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "@/locales/en.json";
import es from "@/locales/es.json";
import { formatCount } from "./format";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

export type Language = "en" | "es";

/** The language the browser asks for, of those we speak. */
export function browserLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
  return wanted.find((tag): tag is Language => tag === "es" || tag === "en") ?? "en";
}

export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: browserLanguage(),
  fallbackLng: false,
  resources: { en: { translation: en }, es: { translation: es } },
  interpolation: { escapeValue: false },
  initAsync: false,
});
i18n.services.formatter?.add("grouped", (value: unknown) => formatCount(Number(value)));

export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  void i18n.changeLanguage(language);
}

type Params = Record<string, unknown>;

/**
 * Text for something that the server names by a code: its own sentence stands in where we have none
 * yet, because a server may be newer than this page.
 */
export function textFor(key: string, params: Params, otherwise: string): string {
  if (!i18n.exists(key, params)) return otherwise;
  // Keys made of codes are beyond the compiler; a test holds the codes against the texts.
  const translate = i18n.t as unknown as (key: string, params: Params) => string;
  return translate(key, params);
}
