import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ConfirmDestructive, isTyped } from "./confirm-destructive";

function shown(word: string | null) {
  const onConfirm = vi.fn();
  const onClose = vi.fn();
  render(
    <ConfirmDestructive
      open
      onClose={onClose}
      title="Restore main?"
      about="It is replaced."
      word={word}
      action="Restore main"
      busy={false}
      error={null}
      onConfirm={onConfirm}
    />,
  );
  const button = screen.getByRole("button", { name: "Restore main" });
  return { onConfirm, onClose, button: button as HTMLButtonElement, user: userEvent.setup() };
}

test("only the whole name will do, with blanks around it forgiven", () => {
  expect(isTyped("main", "main")).toBe(true);
  expect(isTyped("  main ", "main")).toBe(true);
  for (const wrong of ["", "mai", "mainx", "Main"]) expect(isTyped(wrong, "main")).toBe(false);
});

test("the button waits for the name", async () => {
  const { button, onConfirm, user } = shown("main");
  const field = screen.getByRole("textbox");

  await user.type(field, "mai");
  expect(button.disabled).toBe(true);
  await user.type(field, "n");
  expect(button.disabled).toBe(false);
  await user.click(button);

  expect(onConfirm).toHaveBeenCalledWith("main");
});

test("Enter does nothing before the name is whole", async () => {
  const { onConfirm, user } = shown("main");
  const field = screen.getByRole("textbox");

  await user.type(field, "mai{Enter}");
  expect(onConfirm).not.toHaveBeenCalled();
  await user.type(field, "n{Enter}");

  expect(onConfirm).toHaveBeenCalledTimes(1);
});

test("the name may be pasted", async () => {
  const { button, user } = shown("main");

  await user.click(screen.getByRole("textbox"));
  await user.paste(" main ");

  expect(button.disabled).toBe(false);
});

test("a name that cannot become right any more is said to differ", async () => {
  const { user } = shown("main");

  await user.type(screen.getByRole("textbox"), "mx");

  expect(await screen.findByText("This is not that name.")).toBeTruthy();
});

test("where nothing is typed a click is enough, and Escape means no", async () => {
  const { button, onClose, user } = shown(null);

  expect(button.disabled).toBe(false);
  await user.keyboard("{Escape}");

  expect(onClose).toHaveBeenCalled();
});
