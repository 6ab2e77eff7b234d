import { useQuery } from "@tanstack/react-query";
import { formatCount } from "./format";
import type { Language } from "./i18n";
import { useLanguage } from "./use-format";

type Params = Record<string, unknown>;

interface RuleText {
  title: string;
  message: Record<string, string>;
  remedy: Record<string, string>;
}

interface Texts {
  common: { rows: string; words: Record<string, string> };
  rules: Record<string, RuleText>;
}

interface Judged {
  message: string;
  remedy: string | null;
  params: Params;
}

/** The texts of the rules, the very files that the command line reads. */
const TEXTS = {
  en: () => import("@risk-texts/en.json"),
  es: () => import("@risk-texts/es.json"),
};

async function load(language: Language): Promise<Texts> {
  const { common, ...rules } = (await TEXTS[language]()).default;
  return { common, rules: rules as unknown as Record<string, RuleText> };
}

/** Put a risk into words; for rules we do not know, the server's English is used. */
export function riskWords(rule: string, risk: Judged, texts: Texts | undefined): Judged {
  const text = texts?.rules[rule];
  const variant = String(risk.params.variant ?? "default");
  const message = text?.message[variant];
  if (!texts || !text || message === undefined) return risk;
  const remedy = text.remedy[variant] ?? text.remedy.default ?? null;
  const words = texts.common.words;
  const rows = "rows" in risk.params ? ` ${fill(texts.common.rows, risk.params, words)}` : "";
  return {
    message: fill(message, risk.params, words) + rows,
    remedy: remedy && fill(remedy, risk.params, words),
    params: risk.params,
  };
}

function fill(template: string, params: Params, words: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = params[name];
    if (typeof value === "number") return formatCount(value);
    return value === undefined ? hole : (words[String(value)] ?? String(value));
  });
}

export function useRiskWords(): (rule: string, risk: Judged) => Judged {
  const language = useLanguage();
  const texts = useQuery({
    queryKey: ["risk-texts", language],
    queryFn: () => load(language),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  return (rule, risk) => riskWords(rule, risk, texts);
}

/** A remedy is SQL to copy or a sentence; sentences begin with a capital letter. */
export function isSql(remedy: string): boolean {
  return /^(--|[a-z])/.test(remedy);
}
