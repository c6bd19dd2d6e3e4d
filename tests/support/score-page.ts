import type { Locator, Page } from "@playwright/test";
import { enterAs } from "./product.ts";

/** Enters as one of the demonstration's people, at a cell of the panel that is scoring. */
export async function openCell(page: Page, who: string, cell: string): Promise<void> {
  await enterAs(page, who);
  const { panels } = await (await page.request.get("/api/v1/panels")).json();
  const { panelId } = panels.find((panel: { phase: string }) => panel.phase === "scoring");
  await page.goto(`/panels/${panelId}/score?cell=${cell}`, { waitUntil: "networkidle" });
}

export function rationale(page: Page): Locator {
  return page.getByRole("textbox", { name: /Rationale/ });
}

export function draftSaved(page: Page): Locator {
  return page.getByText(/^Draft saved /);
}
