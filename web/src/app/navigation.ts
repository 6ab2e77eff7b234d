import {
  Archive,
  FileDiff,
  GitCompareArrows,
  History,
  LayoutDashboard,
  ListOrdered,
} from "lucide-react";

/** The screens, in the order of a crossing. */
export const SCREENS = [
  { to: "/$environment", name: "dashboard", icon: LayoutDashboard },
  { to: "/$environment/migrations", name: "migrations", icon: ListOrdered },
  { to: "/$environment/preview", name: "preview", icon: FileDiff },
  { to: "/$environment/compare", name: "compare", icon: GitCompareArrows },
  { to: "/$environment/backups", name: "backups", icon: Archive },
  { to: "/$environment/history", name: "history", icon: History },
] as const;
